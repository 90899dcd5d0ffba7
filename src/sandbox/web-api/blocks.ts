import { validateMessage, validateView } from '../blockkit/validate.ts';
import { dict, isDict } from '../core/json.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { jsonArg } from './content.ts';
import type { Methods } from './method.ts';

const CHECKS = {
  view: (view: unknown) => validateView(view, isDict(view) && view.type === 'home' ? 'home' : 'modal'),
  message: (message: unknown) => validateMessage(dict(message)),
  blocks: (blocks: unknown) => validateMessage({ blocks }),
};
const KINDS = ['view', 'message', 'blocks'] as const;

/** A problem in the form that Slack documents for this method: its place, its kind, and a sentence. */
function errorOf(problem: string) {
  const [, message = problem, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/s.exec(problem) ?? [];
  return { pointer, code: 'failed_constraint', message };
}

/** Slack's method that only checks blocks, for build scripts. It accepts one view, message or list of blocks. */
export const blockMethods: Methods = {
  'blocks.validate': {
    run(args) {
      const given = KINDS.filter((kind) => args[kind] !== undefined);
      const [kind] = given;
      if (given.length !== 1 || !kind) throw new ApiRefusal('invalid_arguments');
      const problems = CHECKS[kind](jsonArg(args[kind], 'invalid_arguments'));
      if (problems.length > 0) throw new ApiRefusal(`invalid_${kind}`, { errors: problems.map(errorOf) });
      return {};
    },
  },
};
