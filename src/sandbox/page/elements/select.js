import { useContext } from 'preact/hooks';
import { html } from '../core/html.js';
import { groupsOf } from '../core/options.js';
import { Surface } from '../core/surface.js';
import { Directory, plain } from '../core/text.js';
import { Combobox } from './combobox.js';
import { described, useField } from './field.js';

const DEFAULT_MIN_QUERY = 3;

/** As in Slack, only a select in an optional input can be cleared; other selects always keep a selected option. */
const isClearable = (block) => block.type === 'input' && block.optional === true;

const asOption = (text, value) => ({ text: { type: 'plain_text', text, emoji: false }, value });

/** Options that the workspace itself provides: people, channels. */
function directoryGroups(type, directory) {
  const kind = type.replace(/^multi_/, '');
  if (kind === 'users_select')
    return [{ label: null, options: directory.people.map((person) => asOption(person.name, person.id)) }];
  const channels = directory.channels.filter((channel) => kind !== 'channels_select' || !channel.private);
  return [{ label: null, options: channels.map((channel) => asOption(channel.name, channel.id)) }];
}

/** All selects, single and multiple. */
export function Select(props) {
  const { block, element } = props;
  const surface = useContext(Surface);
  const directory = useContext(Directory);
  const field = useField(block, element);
  const multi = element.type.startsWith('multi_');
  const external = element.type.endsWith('external_select');
  const byId = /(users|channels|conversations)_select$/.test(element.type);
  const groups = byId ? directoryGroups(element.type, directory) : groupsOf(element);
  const toOption = (value) =>
    byId ? (groups[0].options.find((option) => option.value === value) ?? asOption(value, value)) : value;
  const toValue = (option) => (byId ? option.value : option);
  const selected = (multi ? field.value : [field.value]).filter(Boolean).map(toOption);

  return html`<${Combobox} attributes=${described({ ...props, label: props.id ? undefined : plain(element.placeholder) || props.label })}
    groups=${external ? null : groups} multi=${multi} clearable=${isClearable(block)} max=${element.max_selected_items} selected=${selected}
    placeholder=${plain(element.placeholder) || '선택하십시오'} action=${element.action_id}
    minQuery=${element.min_query_length ?? DEFAULT_MIN_QUERY}
    load=${external ? (query) => surface.options(block, element, query) : null}
    onChange=${(options) => field.choose(multi ? options.map(toValue) : options[0] ? toValue(options[0]) : null)} />`;
}
