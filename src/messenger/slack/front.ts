import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { QuestionFirst, Refusal } from '../../core/refusal.ts';
import type { Known } from '../../store/known.ts';
import { fallback } from '../blocks.ts';
import { refusalView, troubleView, waitingView } from '../refusal-view.ts';
import type { InTurn } from './few-at-once.ts';

/** After this time a submission is answered with a waiting view: Slack gives three seconds, the network takes some. */
export const PATIENCE_MS = 2000;

export interface FrontParts {
  /** The client for calls for which a person waits: few retries and its own queue. */
  client: WebClient;
  /** Answers in time for a window to be opened, or throws a Refusal. */
  whoIs: (slackId: string) => Promise<Known>;
  /** Takes its time: whoever submits sees a waiting view meanwhile. */
  whoSubmits: (slackId: string) => Promise<Known>;
  /** Whatever a person does is worked on in this way: clicks, submissions, commands, shortcuts, searches. */
  inTurn: InTurn;
  log: Logger;
  /** Milliseconds until a submission is answered with a waiting view; Slack gives 3,000. */
  patience: number;
}

/** Opens a window. */
type Open = (view: ModalView) => Promise<{ view?: { id?: string } }>;

/** What all listeners share: finding out who acts, and the screens for failures and long waits. */
export class Front {
  readonly client: WebClient;
  readonly whoIs: (slackId: string) => Promise<Known>;
  readonly whoSubmits: (slackId: string) => Promise<Known>;
  readonly inTurn: InTurn;
  readonly log: Logger;
  readonly patience: number;

  constructor({ client, whoIs, whoSubmits, inTurn, log, patience }: FrontParts) {
    this.client = client;
    this.whoIs = whoIs;
    this.whoSubmits = whoSubmits;
    this.inTurn = inTurn;
    this.log = log;
    this.patience = patience;
  }

  /** The view for an error; an unforeseen error is logged under the number that the view shows. */
  failed(error: unknown, what: string): ModalView {
    if (error instanceof QuestionFirst) return error.view;
    if (error instanceof Refusal) return refusalView(error);
    const incident = crypto.randomUUID().slice(0, 8);
    this.log.error({ err: error, what, incident }, 'a listener failed');
    return troubleView(incident);
  }

  /** Shows the error in a window; when it is too late for a window, writes a message to the person. */
  async apologise(error: unknown, what: string, slackId: string, open: Open): Promise<void> {
    const view = this.failed(error, what);
    try {
      await open(view);
    } catch (cause) {
      this.log.warn({ err: cause, what }, 'a refusal could not be shown');
      const text =
        error instanceof Refusal
          ? [error.message, error.next].filter(Boolean).join(' ')
          : '화면을 열지 못했습니다. 단추를 다시 눌러 주십시오.';
      await this.write(slackId, text);
    }
  }

  /**
   * Opens a window whose content takes long. A trigger can be used once, within three seconds, but the window that it
   * opened can be redrawn later: so a waiting view is shown first.
   */
  async showLater(work: Promise<ModalView>, what: string, open: Open): Promise<void> {
    const first = await Promise.race([work, sleep(this.patience / 2)]);
    const opened = await open(first ?? waitingView());
    if (first) return;
    const view = await work.catch((error: unknown) => this.failed(error, what));
    await this.client.views.update({ view_id: opened.view?.id ?? '', view });
  }

  async write(slackId: string, text: string): Promise<void> {
    const { client } = this;
    const { channel } = await client.conversations.open({ users: slackId });
    if (channel?.id) await client.chat.postMessage({ channel: channel.id, text: fallback(text) });
  }

  async publishHome(slackId: string, view: HomeView): Promise<void> {
    const { client } = this;
    await client.views.publish({ user_id: slackId, view });
  }

  nobody(what: string): void {
    this.log.error({ what }, 'nobody listens to this');
  }
}

/** Resolves after so many ms; the timer does not keep the process running. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
