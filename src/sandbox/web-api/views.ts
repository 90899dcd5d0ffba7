import { isViewTooLarge, validateView } from '../blockkit/validate.ts';
import type { Core } from '../core/core.ts';
import { type Dict, isDict, str } from '../core/json.ts';
import { MAX_STACK } from '../core/modals.ts';
import { ApiRefusal } from '../core/refusal.ts';
import type { View } from '../core/types.ts';
import { jsonArg } from './content.ts';
import type { Method, Methods } from './method.ts';

/** Why Slack would not show the view, in a call as in the answer to a submission. @param old the view that it replaces */
export function refusalOf(core: Core, view: Dict, kind: 'modal' | 'home', old?: View): ApiRefusal | null {
  const problems = validateView(view, kind);
  if (problems.length > 0) return ApiRefusal.ofProblems('invalid_arguments', problems);
  if (isViewTooLarge(view)) return new ApiRefusal('view_too_large');
  const externalId = str(view.external_id);
  const other = externalId ? core.modals.find((known) => known.external_id === externalId) : undefined;
  return other && other.view.id !== old?.id ? new ApiRefusal('duplicate_external_id') : null;
}

function viewArg(core: Core, args: Dict, kind: 'modal' | 'home', old?: View): Dict {
  const view = jsonArg(args.view, 'invalid_arguments');
  if (!isDict(view)) {
    throw ApiRefusal.ofProblems('invalid_arguments', ['missing required field: view [json-pointer:/view]']);
  }
  const refusal = refusalOf(core, view, kind, old);
  if (refusal) throw refusal;
  return view;
}

function checkHash(args: Dict, view: View): void {
  if (str(args.hash) !== '' && args.hash !== view.hash) throw new ApiRefusal('hash_conflict');
}

/** The person whose trigger a call uses. Interactivity pointer is Slack's newer name for a trigger. */
function person(core: Core, args: Dict): string {
  const trigger = core.triggers.take(args.trigger_id ?? args.interactivity_pointer);
  if ('error' in trigger) throw new ApiRefusal(trigger.error);
  return trigger.userId;
}

const open: Method = {
  run(args, core) {
    const view = viewArg(core, args, 'modal');
    return { view: core.modals.open(person(core, args), view) };
  },
};

const push: Method = {
  run(args, core) {
    const view = viewArg(core, args, 'modal');
    const userId = person(core, args);
    const depth = core.modals.stack(userId).length;
    if (depth === 0) throw new ApiRefusal('not_found');
    if (depth >= MAX_STACK) throw new ApiRefusal('push_limit_reached');
    return { view: core.modals.push(userId, view) };
  },
};

const update: Method = {
  run(args, core) {
    const viewId = str(args.view_id);
    const externalId = str(args.external_id);
    const found = core.modals.find((view) =>
      viewId ? view.id === viewId : externalId !== '' && view.external_id === externalId,
    );
    const view = viewArg(core, args, found?.view.type ?? 'modal', found?.view);
    if (!found) throw new ApiRefusal('not_found');
    checkHash(args, found.view);
    return { view: core.modals.update(found.userId, found.view, view) };
  },
};

const publish: Method = {
  run(args, core) {
    const userId = str(args.user_id);
    const old = core.modals.home(userId);
    const view = viewArg(core, args, 'home', old ?? undefined);
    if (!core.state.people.has(userId)) {
      throw ApiRefusal.ofProblems('invalid_arguments', ['user not found [json-pointer:/user_id]']);
    }
    if (old) checkHash(args, old);
    return { view: core.modals.publish(userId, view) };
  },
};

export const viewMethods: Methods = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
