import { maskName } from '../core/mask.ts';
import { visibleText } from '../core/typed-text.ts';
import type { Db } from '../store/store.ts';

/**
 * Text of a message as the messenger hands it over (docs.slack.dev, "Formatting message text"), made plain again:
 * `&lt;` is `<`, `<https://a|b>` is `b (https://a)`, `<@U1>` is a person. What people typed stays as they typed it: an
 * address that was made a link by itself is that address alone.
 */
export function plainText(text: string, nameOf: (account: string) => string = () => '사용자'): string {
  const shown = text.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_all, sign, what, label) => {
    if (sign === '@') return `@${nameOf(what)}`;
    if (sign === '#') return `#${label || '채널'}`;
    if (sign === '!') return label || `@${what.startsWith('subteam^') ? '그룹' : what}`;
    const address = String(what).replace(/^(?:mailto|tel):/, '');
    return !label || isSameAddress(what, label) ? label || address : `${label} (${address})`;
  });
  return shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

/** Whether a link leads to what it says, so that it was not written as a link but made one. */
function isSameAddress(target: string, label: string): boolean {
  if (target.startsWith('tel:')) return target.replace(/\D/g, '') === label.replace(/\D/g, '');
  const bare = (text: string) => text.replace(/^(?:mailto:|https?:\/\/)/i, '').replace(/\/$/, '');
  return bare(target).toLowerCase() === bare(label).toLowerCase();
}

/**
 * What somebody wrote, with the names of whom it mentions, masked unless `shown` says otherwise. The bot's own name only
 * calls it, and goes.
 */
export async function spokenText(
  db: Db,
  text: string,
  { bot, shown = maskName }: { bot?: string | undefined; shown?: (name: string) => string } = {},
): Promise<string> {
  const called = bot ? text.replace(new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g'), ' ') : text;
  const accounts = [...called.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, account = '']) => account);
  const people =
    accounts.length > 0 ? await db.person.findMany({ where: { slackId: { in: accounts } } }) : [];
  const names = new Map(people.map(({ slackId, name }) => [slackId, name]));
  const nameOf = (account: string) => {
    const name = names.get(account);
    return name ? shown(name) : '사용자';
  };
  return visibleText(plainText(called, nameOf)).trim();
}

const WRITTEN: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast'];

/** Whether a message is one that somebody wrote, and no notice of the messenger's own. */
export function isWritten({ subtype }: { subtype?: string | undefined }): boolean {
  return WRITTEN.includes(subtype);
}
