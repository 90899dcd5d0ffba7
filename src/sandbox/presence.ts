import type { Core } from './core/core.ts';
import { HttpError } from './core/http.ts';
import type { Dict } from './core/json.ts';
import { userObject } from './core/user-object.ts';

/**
 * Deactivates a person or brings them back, as an administrator of the workspace would, and tells the bot. The person's
 * messages stay. As in Slack, messages to a deactivated person are accepted without an error.
 * @throws HttpError 404 for an unknown person, 400 when the call does not say which
 */
export async function setPersonDeleted(core: Core, userId: string, deleted: unknown): Promise<Dict> {
  const person = core.state.people.get(userId);
  if (!person) throw new HttpError(404, 'user_not_found');
  if (typeof deleted !== 'boolean') throw new HttpError(400, 'invalid_arguments');
  if ((person.deleted === true) !== deleted) {
    core.state.setDeleted(userId, deleted);
    core.hub.tellAll({ type: 'people' });
    await tellBot(core, userId);
  }
  return { person: core.state.people.get(userId) };
}

async function tellBot(core: Core, userId: string): Promise<void> {
  const person = core.state.people.get(userId);
  if (!person || !core.options.bot.scopes.includes('users:read')) return;
  await core.delivery.event({
    type: 'user_change',
    user: userObject(core, person),
    cache_ts: core.state.clock.seconds(),
    event_ts: core.state.clock.ts(),
  });
}
