import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Known } from '../store/known.ts';
import type { ChosenFile, StateValues } from './entered.ts';

/** What every listener is told. Payloads are routing data: who may do what comes from `who`, read at this click. */
export interface Scene {
  who: Known;
  /** For the access record: the channel, or which surface of the bot. */
  place: string;
}

export interface OpenView {
  id: string;
  callbackId: string;
  metadata: Record<string, string>;
  values: StateValues;
}

export interface Click extends Scene {
  /** Which element was clicked; the command's name for a command. */
  actionId: string;
  value: string;
  /** The modal or home in which it was clicked. */
  view: OpenView | null;
  /** The message in which it was clicked. */
  message: { channel: string; ts: string } | null;
  /** Shows a modal: on top of the one that was clicked in (a menu gives way), else a new one. */
  show(view: ModalView): Promise<void>;
  /** The same with what may take longer than Slack waits for a modal: then a waiting one is shown, and redrawn. */
  showLater(work: Promise<ModalView>): Promise<void>;
  /** Redraws the modal that was clicked in. */
  redraw(view: ModalView): Promise<void>;
  /** Publishes this person's home again. */
  publishHome(view: HomeView): Promise<void>;
}

/** A slash command: its words, and an answer that only the typist sees. */
export interface Command extends Click {
  reply(text: string, blocks: KnownBlock[]): Promise<void>;
}

export interface Submission extends Scene {
  view: OpenView;
}

/** What somebody wrote to the bot in their conversation with it. */
export interface DirectMessage extends Scene {
  /** As it was typed, and after it what its text files say. */
  text: string;
  files: ChosenFile[];
}

/** An answer in that conversation; null: not for this handler, the next one is asked. */
export type DirectMessageHandler = (
  message: DirectMessage,
) => Promise<{ text: string; blocks: KnownBlock[] } | null>;

/** What a submitted modal turns into. `late` draws the errors when the answer took too long to be one. */
export type Outcome =
  | { close: 'all' }
  | { update: ModalView }
  | { errors: Record<string, string>; late: () => ModalView };
