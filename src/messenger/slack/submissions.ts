import type { App, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { QuestionFirst, Refusal } from '../../core/refusal.ts';
import type { Outcome, Submission } from '../click.ts';
import type { Messenger } from '../messenger.ts';
import { noteView, waitingView } from '../refusal-view.ts';
import { type Front, sleep } from './front.ts';
import { openView } from './open-view.ts';
import { refill } from './refill.ts';
import { Routes } from './routes.ts';
import type { Turns } from './turns.ts';

/**
 * Listens to submitted windows. When the work takes longer than Slack waits, a waiting view is shown first, which the
 * outcome replaces.
 * @param turns keeps the acts in one modal in order
 */
export function listenToSubmissions(app: App, front: Front, turns: Turns): Messenger['onSubmit'] {
  const routes = new Routes<(submission: Submission) => Promise<Outcome>>();
  app.view({ callback_id: /^/, type: 'view_submission' }, async ({ ack, body, view }) => {
    const callbackId = view.callback_id;
    const handle = routes.find(callbackId);
    if (!handle) return front.nobody(callbackId);
    const work = async () =>
      handle({ who: await front.whoSubmits(body.user.id), place: 'slack:modal', view: openView(view) });
    const outcome = turns
      .take(view.id, () => front.inTurn(work))
      .catch((error: unknown) => failureOf(front, error, callbackId));
    const first = await Promise.race([outcome, sleep(front.patience)]);
    if (first) return ack(answerOf(first, view));
    await ack({ response_action: 'update', view: waitingView() });
    await showOutcome(front, await outcome, view, body.user.id);
  });
  return (callbackId, handle) => routes.add(callbackId, handle);
}

function failureOf(front: Front, error: unknown, callbackId: string): Outcome | Failure {
  if (error instanceof QuestionFirst && error.inPlace) return { update: error.view };
  const sentence = error instanceof Refusal ? error.message : '제출한 내용을 처리하지 못했습니다.';
  return { failure: front.failed(error, callbackId), sentence };
}

/** Replaces the waiting view. If the person has closed it and still has something to do, they get a message. */
async function showOutcome(
  front: Front,
  outcome: Outcome | Failure,
  view: ViewOutput,
  slackId: string,
): Promise<void> {
  const { client, log } = front;
  try {
    await client.views.update({ view_id: view.id, view: lateView(outcome, view) });
  } catch (error) {
    log.warn({ err: error, what: view.callback_id }, 'an outcome could not be shown'); // the window was closed
    const sentence = 'sentence' in outcome ? outcome.sentence : '제출한 내용에 고칠 것이 있습니다.';
    if ('failure' in outcome || 'errors' in outcome)
      await front.write(slackId, `${sentence} 창을 다시 열어 확인하십시오.`);
  }
}

/** A refusal or an error, as a view and in a sentence. */
interface Failure {
  failure: ModalView;
  sentence: string;
}

function answerOf(outcome: Outcome | Failure, view: ViewOutput): ViewResponseAction {
  if ('errors' in outcome) return { response_action: 'errors', errors: outcome.errors };
  if ('update' in outcome) return { response_action: 'update', view: outcome.update };
  if ('close' in outcome) return { response_action: 'clear' };
  // Pushed on top, so that the typed values stay below it. Slack allows a stack of three views.
  const isThird = view.previous_view_id !== null && view.previous_view_id !== view.root_view_id;
  return isThird
    ? { response_action: 'update', view: refill(view, outcome.failure.blocks as KnownBlock[]) }
    : { response_action: 'push', view: outcome.failure };
}

/** The view that replaces the waiting view. */
function lateView(outcome: Outcome | Failure, view: ViewOutput): ModalView {
  if ('errors' in outcome) return outcome.late();
  if ('update' in outcome) return outcome.update;
  if ('failure' in outcome) return refill(view, outcome.failure.blocks as KnownBlock[]);
  return noteView('처리했습니다', ['이 창을 닫으십시오.']);
}
