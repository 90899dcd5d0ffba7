// Runs in a worker thread: making a database takes seconds of computing, during which the page must answer.
import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const pglite = await PGlite.create({ dataDir: workerData });
await pglite.close();
process.exit(0); // ends this thread: the maker of the database keeps handles open
