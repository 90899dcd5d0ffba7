import type { Delivery } from './deliver.ts';
import type { Faults } from './faults.ts';
import type { FileStore } from './files.ts';
import type { Hub } from './hub.ts';
import type { Modals } from './modals.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Sharing } from './sharing.ts';
import type { State } from './state.ts';
import type { Triggers } from './triggers.ts';
import type { Example, Identity, WorkspaceOptions } from './types.ts';

/** All parts of a running workspace; handed to the functions that need some of them. */
export interface Core {
  /** The address of the workspace, without a trailing slash. */
  url: string;
  options: WorkspaceOptions;
  identity: Identity;
  botToken: string;
  appToken: string;
  state: State;
  hub: Hub;
  faults: Faults;
  files: FileStore;
  modals: Modals;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  delivery: Delivery;
  sharing: Sharing;
  /** The example office, once the bot has offered one; null: none. */
  example: Example | null;
}
