import type { Core } from '../core/core.ts';
import { type Dict, str } from '../core/json.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { userObject } from '../core/user-object.ts';
import { type Methods, page } from './method.ts';

function everyone(core: Core): Dict[] {
  const { botUserId, botName } = core.identity;
  const people = [...core.state.people.values()].map((person) => userObject(core, person));
  return [...people, userObject(core, { id: botUserId, name: botName }, true)];
}

export const userMethods: Methods = {
  'users.info': {
    formOnly: true,
    scopes: ['users:read'],
    run(args, core) {
      const user = everyone(core).find(({ id }) => id === str(args.user));
      if (!user) throw new ApiRefusal('user_not_found');
      return { user };
    },
  },
  'users.list': {
    formOnly: true,
    scopes: ['users:read'],
    run(args, core) {
      const { items, next } = page(everyone(core), args, 1000);
      return {
        members: items,
        cache_ts: core.state.clock.seconds(),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.lookupByEmail': {
    formOnly: true,
    scopes: ['users:read.email'],
    run(args, core) {
      const email = str(args.email).toLowerCase();
      const person = [...core.state.people.values()].find(
        (one) => !one.deleted && one.email?.toLowerCase() === email,
      );
      if (email === '' || !person) throw new ApiRefusal('users_not_found');
      return { user: userObject(core, person) };
    },
  },
};
