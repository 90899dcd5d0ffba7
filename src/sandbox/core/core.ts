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

/** Everything that one running workspace consists of; handed to whoever needs a part of it. */
export interface Core {
  /** Without a trailing slash. */
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
  /** Once the bot offers one. */
  example: Example | null;
}
