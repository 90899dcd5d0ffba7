import type { Core } from './core.ts';
import { compact, type Dict, str } from './json.ts';
import type { Conversation, SeedPerson } from './types.ts';
import { valueKey } from './view-state.ts';

/** A person's handle: Slack's `name`, as opposed to the real name. */
export function handleOf(person: SeedPerson): string {
  return (person.email?.split('@')[0] ?? person.id).toLowerCase();
}

function userOf(core: Core, person: SeedPerson): Dict {
  const handle = handleOf(person);
  return { id: person.id, username: handle, name: handle, team_id: core.identity.teamId };
}

function teamOf(core: Core): Dict {
  return { id: core.identity.teamId, domain: core.identity.teamDomain };
}

/** The name of a conversation in Slack's payloads, which do not give the real name of direct and private ones. */
export function channelNameOf(conversation: Conversation): string {
  if (conversation.kind === 'dm') return 'directmessage';
  if (conversation.kind === 'group') return 'privategroup';
  return conversation.private ? 'privategroup' : conversation.name;
}

/** The fields that every interaction payload has. */
export function baseOf(core: Core, type: string, person: SeedPerson): Dict {
  return {
    type,
    team: teamOf(core),
    user: userOf(core, person),
    api_app_id: core.identity.appId,
    token: core.identity.verificationToken,
    is_enterprise_install: false,
    enterprise: null,
  };
}

/** One entry of `actions`. The element is read from the view; only its value comes from the person. */
export function actionOf(core: Core, block: Dict, element: Dict, value: Dict): Dict {
  const type = str(element.type);
  const action: Dict = { action_id: element.action_id, block_id: block.block_id };
  if (type === 'button') {
    Object.assign(action, {
      text: element.text,
      value: element.value,
      url: element.url,
      style: element.style,
    });
  } else if (type === 'overflow') {
    action.selected_option = value.selected_option;
  } else {
    const key = valueKey(type);
    if (key) action[key] = value[key];
    const initial = Object.keys(element).find((name) => name.startsWith('initial_'));
    if (initial) action[initial] = element[initial];
    action.placeholder = element.placeholder;
  }
  return compact({ ...action, type, action_ts: core.state.clock.ts() });
}
