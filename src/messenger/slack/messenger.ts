import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Known } from '../../store/known.ts';
import type { Messenger } from '../messenger.ts';
import { listenToActions } from './actions.ts';
import { listenToClosed } from './closed.ts';
import { listenToCommands } from './commands.ts';
import type { InTurn } from './few-at-once.ts';
import { Front } from './front.ts';
import { hearReadable } from './readable.ts';
import { createScreens } from './screens.ts';
import { listenToSearches } from './searches.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { listenToSubmissions } from './submissions.ts';
import { Turns } from './turns.ts';

interface MessengerParts {
  app: App;
  /** The client for calls for which a person waits: few retries and its own queue. */
  client: WebClient;
  /** Answers in time for a window to be opened, or throws a Refusal. */
  whoIs: (slackId: string) => Promise<Known>;
  /** Takes its time: whoever submits sees a waiting view meanwhile. */
  whoSubmits: (slackId: string) => Promise<Known>;
  /** Clicks and submissions are worked on in this way. */
  inTurn: InTurn;
  log: Logger;
  /** Milliseconds until a submission is answered with a waiting view; Slack gives 3,000. */
  patience?: number;
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
  const { app, client, log, patience = 2000 } = parts;
  const front = new Front({ ...parts, patience });
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
