/** A workspace in a process of its own, for a test to kill: posts one message, prints its ts, and waits. */
import { startWorkspace } from '../../src/sandbox/workspace.ts';
import { options } from './bolt-app.ts';

const [dataDir] = process.argv.slice(2);
const workspace = await startWorkspace(options({ ...(dataDir ? { dataDir } : {}) }));
const ts = await workspace.person('U0KIM000001').say('C0ALL000001', '죽기 직전의 말');
console.log(ts);
