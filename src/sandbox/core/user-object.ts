import type { Core } from './core.ts';
import { compact, type Dict } from './json.ts';
import { handleOf } from './payloads.ts';
import type { SeedPerson } from './types.ts';

const ZONE = { tz: 'Asia/Seoul', tz_label: 'Korea Standard Time', tz_offset: 32_400 };

/** Slack's user object. For a deactivated person it has less: the name is in the profile only. */
export function userObject(core: Core, person: SeedPerson, isBot = false): Dict {
  // Without the scope Slack leaves the address out.
  const email = core.options.bot.scopes.includes('users:read.email') ? person.email : undefined;
  const active = {
    color: '9f69e7',
    real_name: person.name,
    ...ZONE,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
  };
  return {
    id: person.id,
    team_id: core.identity.teamId,
    name: handleOf(person),
    deleted: person.deleted === true,
    ...(person.deleted ? {} : active),
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
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
  };
}
