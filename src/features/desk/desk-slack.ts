import type { Filings } from '../../filing/procedure.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { registerDue } from './due-slack.ts';
import { registerExport } from './export-slack.ts';
import { registerSearch } from './search-slack.ts';
import { registerStatistics } from './statistics-slack.ts';

/** Registers officers' tools: search, statistics, export and deadlines. */
export function registerOfficersTools(messenger: Messenger, { filings }: { filings: Filings }) {
  registerSearch(messenger, filings);
  registerDue(messenger, filings);
  registerStatistics(messenger, filings);
  registerExport(messenger, filings);
}
