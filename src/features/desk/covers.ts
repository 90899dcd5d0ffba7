import { maskEmail, maskName, maskPhone } from '../../core/mask.ts';

/** How an exported list writes personal data and server addresses: masked (`covered`) or in full (`uncovered`). */
export interface Covers {
  person(text: string | null): string | null;
  phone(text: string | null): string | null;
  email(text: string | null): string | null;
  hosts(list: readonly string[]): string | null;
}

export const uncovered: Covers = {
  person: (text) => text,
  phone: (text) => text,
  email: (text) => text,
  hosts: (list) => list.join(', ') || null,
};

export const covered: Covers = {
  person: (text) => text && maskName(text),
  phone: (text) => text && maskPhone(text),
  email: (text) => text && maskEmail(text),
  hosts: (list) => (list.length > 0 ? `${list.length}개` : null),
};
