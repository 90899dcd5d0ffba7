import { validateMessage, validateView } from '../blockkit/validate.ts';
import { isDict } from '../core/json.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { jsonArg } from './content.ts';
import type { Methods } from './method.ts';

/** A check without any effect: Slack's own method for build scripts. */
export const blockMethods: Methods = {
  'blocks.validate': {
    run(args) {
      const view = jsonArg(args.view, 'invalid_arguments');
      const message = jsonArg(args.message, 'invalid_arguments');
      const blocks = jsonArg(args.blocks, 'invalid_blocks_format');
      if (view === undefined && message === undefined && blocks === undefined) {
        throw new ApiRefusal('invalid_arguments');
      }
      const problems = [
        ...(view === undefined
          ? []
          : validateView(view, isDict(view) && view.type === 'home' ? 'home' : 'modal')),
        ...(isDict(message) ? validateMessage(message) : []),
        ...(blocks === undefined ? [] : validateMessage({ blocks })),
      ];
      if (problems.length > 0) throw ApiRefusal.ofProblems('invalid_blocks', problems);
      return {};
    },
  },
};
