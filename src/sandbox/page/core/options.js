/** The options of a select in the form that the combobox needs: [{label: string | null, options: Option[]}]. */

export const groupsOf = ({ options, option_groups }) =>
  option_groups
    ? option_groups.map((group) => ({ label: group.label.text, options: group.options }))
    : [{ label: null, options: options ?? [] }];

const fold = (text) => text.normalize('NFC').toLowerCase().replace(/\s+/g, '');

/**
 * Groups with only the options whose text or description holds the query; spaces and case do not matter.
 * While Hangul is being composed the last syllable is not finished ("행저" on the way to "행정"), so when
 * nothing matches, the query without it is tried.
 */
export function filterGroups(groups, query, composing = false) {
  const needle = fold(query);
  const found = groups
    .map((group) => ({ ...group, options: group.options.filter((option) => matches(option, needle)) }))
    .filter((group) => group.options.length > 0);
  if (found.length > 0 || !composing || needle.length < 2) return found;
  return filterGroups(groups, needle.slice(0, -1));
}

const matches = (option, needle) =>
  fold(`${option.text.text}${option.description?.text ?? ''}`).includes(needle);
