import type { Methods } from './method.ts';

export const authMethods: Methods = {
  'auth.test': {
    formOnly: true,
    run: (_args, { url, identity }) => ({
      url: `${url}/`,
      team: identity.teamName,
      user: identity.botName,
      team_id: identity.teamId,
      user_id: identity.botUserId,
      bot_id: identity.botId,
      is_enterprise_install: false,
    }),
  },
};
