import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { QuestionFirst, Refusal } from '../../core/refusal.ts';
import type { Known } from '../../store/known.ts';
import { fallback } from '../blocks.ts';
import { refusalView, troubleView, waitingView } from '../refusal-view.ts';

interface FrontParts {
  /** For people who wait: bounded retries, its own queue. */
  client: WebClient;
  whoIs: (slackId: string) => Promise<Known>;
  log: Logger;
  /** Milliseconds until a submission is answered with a waiting view; Slack gives 3,000. */
  patience: number;
}

/** Opens a window. */
type Open = (view: ModalView) => Promise<{ view?: { id?: string } }>;

/** What all listeners share: who it is, and what people see when something fails or takes long. */
export class Front {
  readonly client: WebClient;
  readonly whoIs: (slackId: string) => Promise<Known>;
  readonly log: Logger;
  readonly patience: number;

  constructor({ client, whoIs, log, patience }: FrontParts) {
    this.client = client;
    this.whoIs = whoIs;
    this.log = log;
    this.patience = patience;
  }

  /** What is shown of an error; what nobody foresaw is logged under the number that it shows. */
  failed(error: unknown, what: string): ModalView {
    if (error instanceof QuestionFirst) return error.view;
    if (error instanceof Refusal) return refusalView(error);
    const incident = crypto.randomUUID().slice(0, 8);
    this.log.error({ err: error, what, incident }, 'a listener failed');
    return troubleView(incident);
  }

  /** Shows the failure where the person is; when that is too late as well, writes to them. */
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

  /** A trigger is good for three seconds and once: the window that it opened can be redrawn for longer. */
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

/** Resolves after so many ms, and keeps no process alive. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
