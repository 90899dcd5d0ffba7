import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import type { Known } from '../store/known.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { Click, Command, Outcome, Submission } from './click.ts';
import type { ChosenFile } from './entered.ts';
import type { Notice } from './notice.ts';

/** The port to a messenger: by it rooms handle what people do and draw on their screens. */
export interface Messenger {
  log: Logger;
  onAction(actionId: string, handle: (click: Click) => Promise<void>): void;
  /** For a group of elements whose action ids are this one, a dot and a different `rest` each. */
  onActionsUnder(actionId: string, handle: (click: Click, rest: string) => Promise<void>): void;
  onCommand(name: string, handle: (command: Command) => Promise<void>): void;
  /** An entry in Slack's menu next to every message box. */
  onShortcut(callbackId: string, handle: (click: Click) => Promise<void>): void;
  /** An entry in Slack's menu of a message; `text` is that message, as Slack hands it over. */
  onMessageShortcut(callbackId: string, handle: (click: Click, text: string) => Promise<void>): void;
  onSubmit(callbackId: string, handle: (submission: Submission) => Promise<Outcome>): void;
  /** Called when a person closes a window that was made with `notifyOnClose`. */
  onClosed(callbackId: string, handle: (slackId: string) => void): void;
  /** Gives the options that a search field offers for the typed text. */
  onOptions(
    actionId: string,
    find: (typed: string, who: Known) => Promise<{ text: string; value: string }[]>,
  ): void;
  /** Called when a person opens their home. */
  onHomeOpened(handle: (slackId: string) => void): void;
  /** Called when a person opens their conversation with the bot. */
  onMessagesOpened(handle: (slackId: string) => Promise<void>): void;
  /** Makes the message that the bot posts in a channel to which it was invited. */
  onInvited(answer: (channel: string) => Pick<Notice, 'text' | 'blocks'>): void;
  /** Redraws a window by its id. @throws when it was closed meanwhile */
  redrawWindow(viewId: string, view: ModalView): Promise<void>;
  /** Replaces a message by a notice. */
  replaceMessage(place: { channel: string; ts: string }, notice: Notice): Promise<void>;
  /** Deletes the message that was sent for an outbox row, with its files. */
  takeBack(row: OutboxRow): Promise<void>;
  /** Finds a file that a person sent to the bot; null when the bot has no access to it. */
  findFile(id: string): Promise<{ file: ChosenFile; sentBy: string | null } | null>;
}
