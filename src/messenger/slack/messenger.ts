import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Known } from '../../store/known.ts';
import type { Messenger } from '../messenger.ts';
import { listenToActions } from './actions.ts';
import { listenToCommands } from './commands.ts';
import { Front } from './front.ts';
import { hearReadable } from './readable.ts';
import { createScreens } from './screens.ts';
import { listenToSearches } from './searches.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { listenToSubmissions } from './submissions.ts';
import { Turns } from './turns.ts';

interface MessengerParts {
  app: App;
  /** For people who wait: bounded retries, its own queue. */
  client: WebClient;
  whoIs: (slackId: string) => Promise<Known>;
  log: Logger;
  /** Milliseconds until a submission is answered with a waiting view; Slack gives 3,000. */
  patience?: number;
}

/** The port, with what listeners of Slack's own events need. */
export interface SlackMessenger extends Messenger {
  app: App;
  client: WebClient;
  failed: (error: unknown, what: string) => ModalView;
}

/**
 * The one boundary between Bolt and the rooms: acknowledges in time, resolves who it is, turns a Refusal into a view
 * and anything unexpected into a number that the log can be searched for.
 */
export function createMessenger(parts: MessengerParts): SlackMessenger {
  const { app, client, whoIs, log, patience = 2000 } = parts;
  const front = new Front({ client, whoIs, log, patience });
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
    onOptions: listenToSearches(app, front),
    ...createScreens(app, client),
  };
}
