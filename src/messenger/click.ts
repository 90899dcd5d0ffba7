import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Known } from '../store/known.ts';
import type { ChosenFile, StateValues } from './entered.ts';

/** What every handler gets. Payloads are routing data: rights are decided by `who`, read from the database now. */
export interface Scene {
  who: Known;
  /** Where it happened, for the access record: a channel, or a surface of the bot such as `home` or `modal`. */
  place: string;
}

export interface OpenView {
  id: string;
  callbackId: string;
  metadata: Record<string, string>;
  values: StateValues;
}

export interface Click extends Scene {
  /** The action id of the clicked element; for a command, the command's name. */
  actionId: string;
  /** The block of the clicked element, for a field its name; '' for a command. */
  blockId: string;
  value: string;
  /** The modal or home in which it was clicked. */
  view: OpenView | null;
  /** The message in which it was clicked. */
  message: { channel: string; ts: string } | null;
  /** Shows a modal: on top of the modal of the click (or in its place, if that is a menu), else as a new one. */
  show(view: ModalView): Promise<void>;
  /** Shows a modal that may take longer to make than Slack waits: a waiting modal is shown and then replaced. */
  showLater(work: Promise<ModalView>): Promise<void>;
  /** Redraws the modal that was clicked in. */
  redraw(view: ModalView): Promise<void>;
  /** Publishes this person's home again. */
  publishHome(view: HomeView): Promise<void>;
}

/** A slash command. `reply` sends an answer that only the person who typed it sees. */
export interface Command extends Click {
  reply(text: string, blocks: KnownBlock[]): Promise<void>;
}

export interface Submission extends Scene {
  view: OpenView;
}

/** A message that a person wrote to the bot in their direct conversation. */
export interface DirectMessage extends Scene {
  /** The typed text, followed by the content of the message's text files. */
  text: string;
  files: ChosenFile[];
}

/** Returns the bot's answer; null: the message is not for this handler, and the next one is asked. */
export type DirectMessageHandler = (
  message: DirectMessage,
) => Promise<{ text: string; blocks: KnownBlock[] } | null>;

/**
 * What happens to a submitted modal. `late` draws the modal with its errors when the answer comes too late to be the
 * answer to the submission.
 */
export type Outcome =
  | { close: 'all' }
  | { update: ModalView }
  | { errors: Record<string, string>; late: () => ModalView };
