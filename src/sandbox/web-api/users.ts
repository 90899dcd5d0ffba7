import type { Core } from '../core.ts';
import { compact, type Dict, str } from '../json.ts';
import { handleOf } from '../payloads.ts';
import { ApiRefusal } from '../refusal.ts';
import type { SeedPerson } from '../types.ts';
import { type Methods, page } from './method.ts';

const ZONE = { tz: 'Asia/Seoul', tz_label: 'Korea Standard Time', tz_offset: 32_400 };

function userObject(core: Core, person: SeedPerson, isBot = false): Dict {
  // Without the scope the address is simply not there.
  const email = core.options.bot.scopes.includes('users:read.email') ? person.email : undefined;
  return {
    id: person.id,
    team_id: core.identity.teamId,
    name: handleOf(person),
    deleted: false,
    color: '9f69e7',
    real_name: person.name,
    ...ZONE,
    profile: compact({
      title: person.title ?? '',
      phone: '',
      skype: '',
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      status_text: '',
      status_emoji: '',
      email,
      bot_id: isBot ? core.identity.botId : undefined,
      team: core.identity.teamId,
    }),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
  };
}

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
      const person = [...core.state.people.values()].find((one) => one.email?.toLowerCase() === email);
      if (email === '' || !person) throw new ApiRefusal('users_not_found');
      return { user: userObject(core, person) };
    },
  },
};
