import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Messenger } from '../messenger.ts';
import { listenToActions } from './actions.ts';
import { listenToClosed } from './closed.ts';
import { listenToCommands } from './commands.ts';
import { Front, type FrontParts } from './front.ts';
import { hearReadable } from './readable.ts';
import { createScreens } from './screens.ts';
import { listenToSearches } from './searches.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { listenToSubmissions } from './submissions.ts';
import { Turns } from './turns.ts';

interface MessengerParts extends FrontParts {
  app: App;
}

/** The port, extended by what listeners to Slack's own events need. */
export interface SlackMessenger extends Messenger {
  app: App;
  client: WebClient;
  failed: (error: unknown, what: string) => ModalView;
}

/**
 * The one boundary between Bolt and the rooms: it acknowledges in time, finds out who acts, and turns a Refusal into a
 * view and any other error into a view with a number that is also in the log.
 */
export function createMessenger(parts: MessengerParts): SlackMessenger {
  const { app, client, log } = parts;
  const front = new Front(parts);
  const turns = new Turns();
  hearReadable(app, log);
  return {
    app,
    client,
    log,
    failed: (error, what) => front.failed(error, what),
    ...listenToActions(app, front, turns),
    onCommand: listenToCommands(app, front),
    ...listenToShortcuts(app, front),
    onSubmit: listenToSubmissions(app, front, turns),
    onClosed: listenToClosed(app),
    onOptions: listenToSearches(app, front),
    ...createScreens(app, client),
  };
}
