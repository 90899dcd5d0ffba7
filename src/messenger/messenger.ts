import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import type { Known } from '../store/known.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { Click, Command, Outcome, Submission } from './click.ts';
import type { ChosenFile } from './entered.ts';
import type { Notice } from './notice.ts';

/** What rooms hear from people and do on their screens, whichever messenger it is. */
export interface Messenger {
  log: Logger;
  onAction(actionId: string, handle: (click: Click) => Promise<void>): void;
  /** Elements that a view shows several of: their ids are this one, a dot and a `rest` of their own. */
  onActionsUnder(actionId: string, handle: (click: Click, rest: string) => Promise<void>): void;
  onCommand(name: string, handle: (command: Command) => Promise<void>): void;
  /** Slack's own menu beside every message box. */
  onShortcut(callbackId: string, handle: (click: Click) => Promise<void>): void;
  /** Slack's own menu of a message; `text`: of that message, as Slack hands it over. */
  onMessageShortcut(callbackId: string, handle: (click: Click, text: string) => Promise<void>): void;
  onSubmit(callbackId: string, handle: (submission: Submission) => Promise<Outcome>): void;
  /** What a search field offers for what was typed. */
  onOptions(
    actionId: string,
    find: (typed: string, who: Known) => Promise<{ text: string; value: string }[]>,
  ): void;
  /** Somebody opens their home. */
  onHomeOpened(handle: (slackId: string) => void): void;
  /** Somebody opens their conversation with the bot. */
  onMessagesOpened(handle: (slackId: string) => Promise<void>): void;
  /** The bot was invited to a channel: what it says there. */
  onInvited(answer: (channel: string) => Pick<Notice, 'text' | 'blocks'>): void;
  /** Redraws a window by its id. @throws when it was closed meanwhile */
  redrawWindow(viewId: string, view: ModalView): Promise<void>;
  /** Puts a notice in the place of a message. */
  replaceMessage(place: { channel: string; ts: string }, notice: Notice): Promise<void>;
  /** Deletes what an outbox row became, files and all. */
  takeBack(row: OutboxRow): Promise<void>;
  /** A file that somebody sent to the bot; null when it cannot be seen. */
  findFile(id: string): Promise<{ file: ChosenFile; sentBy: string | null } | null>;
}
