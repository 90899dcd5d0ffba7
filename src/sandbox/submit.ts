import { ActError, type Acts } from './acts.ts';
import { type Dict, dict, isDict, str } from './core/json.ts';
import { MAX_STACK } from './core/modals.ts';
import { baseOf } from './core/payloads.ts';
import type { View } from './core/types.ts';
import { checkTyped } from './view-checks.ts';
import { refusalOf } from './web-api/views.ts';

interface SubmitResult {
  outcome: 'closed' | 'errors' | 'updated' | 'pushed' | 'trouble';
  /** Error messages by block_id. */
  errors?: Record<string, string>;
}

function topView(acts: Acts, userId: string, viewId: unknown): View {
  const top = acts.core.modals.stack(userId).at(-1);
  if (!top || top.id !== viewId) throw new ActError('view_not_found');
  return top;
}

/** The app's errors, as far as Slack accepts them: non-empty texts for existing input blocks. */
function goodErrors(view: View, given: unknown): Record<string, string> | null {
  const inputs = new Set(
    view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
  );
  const entries = Object.entries(dict(given));
  const isGood = ([blockId, text]: [string, unknown]) => inputs.has(blockId) && str(text) !== '';
  if (entries.length === 0 || !entries.every(isGood)) return null;
  return Object.fromEntries(entries.map(([blockId, text]) => [blockId, str(text)]));
}

/** Applies the app's answer to the stack of modals. An answer that Slack would refuse is shown as trouble. */
function follow(acts: Acts, userId: string, view: View, body: Dict): SubmitResult {
  const { modals } = acts.core;
  const action = body.response_action;
  if (action === undefined) {
    if (modals.stack(userId).at(-1)?.id === view.id) modals.pop(userId);
    return { outcome: 'closed' };
  }
  if (action === 'clear') {
    modals.clear(userId);
    return { outcome: 'closed' };
  }
  if (action === 'errors') {
    const errors = goodErrors(view, body.errors);
    return errors ? { outcome: 'errors', errors } : { outcome: 'trouble' };
  }
  if ((action === 'update' || action === 'push') && isDict(body.view)) {
    const current = modals.stack(userId).find((other) => other.id === view.id);
    const replaced = action === 'update' ? current : undefined;
    if (refusalOf(acts.core, body.view, 'modal', replaced)) return { outcome: 'trouble' };
    if (action === 'update') {
      if (!current) return { outcome: 'trouble' };
      modals.update(userId, current, body.view);
      return { outcome: 'updated' };
    }
    if (modals.stack(userId).length >= MAX_STACK) return { outcome: 'trouble' };
    modals.push(userId, body.view);
    return { outcome: 'pushed' };
  }
  return { outcome: 'trouble' };
}

/** Presses the submit button of the top modal. */
export async function submit(acts: Acts, userId: string, body: Dict): Promise<SubmitResult> {
  const { core } = acts;
  const person = acts.person(userId);
  const top = topView(acts, userId, body.view_id);
  if (!top.submit) throw new ActError('element_not_found');
  const view = core.modals.keepTyped(userId, top, body.values);
  const errors = checkTyped(view.blocks, view.state.values, core.files);
  if (Object.keys(errors).length > 0) return { outcome: 'errors', errors };
  const state = { values: acts.withFiles(userId, view.state.values) };
  const payload = {
    ...baseOf(core, 'view_submission', person),
    trigger_id: core.triggers.create(userId),
    view: { ...view, state },
    response_urls: [],
  };
  const ack = await core.delivery.interact(payload, true);
  const result: SubmitResult = ack.ok ? follow(acts, userId, view, ack.body) : { outcome: 'trouble' };
  if (result.outcome === 'trouble') acts.trouble(userId);
  return result;
}

/** Closes the top modal, or with `clear` (the window's X) all of them, and tells the app where a view asks for it. */
export async function close(acts: Acts, userId: string, body: Dict): Promise<{ outcome: 'closed' }> {
  const { core } = acts;
  const person = acts.person(userId);
  const top = topView(acts, userId, body.view_id);
  const isCleared = body.clear === true || top.clear_on_close;
  const closed = isCleared ? [...core.modals.stack(userId)].reverse() : [top];
  if (isCleared) core.modals.clear(userId);
  else core.modals.pop(userId);
  const reports = closed
    .filter((view) => view.notify_on_close)
    .map((view) => ({
      ...baseOf(core, 'view_closed', person),
      view,
      is_cleared: isCleared,
      response_urls: [],
    }))
    .map((payload) => core.delivery.interact(payload, false));
  await Promise.all(reports);
  return { outcome: 'closed' };
}
