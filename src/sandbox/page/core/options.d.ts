import type { Option } from './blockkit.js';
export interface Group {
  label: string | null;
  options: Option[];
}
export function groupsOf(element: {
  options?: Option[];
  option_groups?: { label: { text: string }; options: Option[] }[];
}): Group[];
export function filterGroups(groups: Group[], query: string, composing?: boolean): Group[];
