import { maskName } from '../core/mask.ts';
import { visibleText } from '../core/typed-text.ts';
import type { Db } from '../store/store.ts';

/**
 * Turns a message text in Slack's format (docs.slack.dev, "Formatting message text") back into what was typed: `&lt;`
 * becomes `<`, `<https://a|b>` becomes `b (https://a)`, `<@U1>` becomes a name. An address that Slack made a link by
 * itself becomes that address only.
 */
export function plainText(text: string, nameOf: (account: string) => string = () => '사용자'): string {
  const words = text.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_all, sign, what, label) => {
    if (sign === '@') return `@${nameOf(what)}`;
    if (sign === '#') return `#${label || '채널'}`;
    if (sign === '!') return label || `@${what.startsWith('subteam^') ? '그룹' : what}`;
    const address = String(what).replace(/^(?:mailto|tel):/, '');
    return !label || isSameAddress(what, label) ? label || address : `${label} (${address})`;
  });
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

/** Whether a link's text is its address, so that Slack made the link and not the writer. */
function isSameAddress(target: string, label: string): boolean {
  if (target.startsWith('tel:')) return target.replace(/\D/g, '') === label.replace(/\D/g, '');
  const bare = (text: string) => text.replace(/^(?:mailto:|https?:\/\/)/i, '').replace(/\/$/, '');
  return bare(target).toLowerCase() === bare(label).toLowerCase();
}

/**
 * A written message with the names of mentioned people, which `shown` masks by default. A mention of the bot itself is
 * removed: it only addresses the bot.
 */
export async function spokenText(
  db: Db,
  text: string,
  { bot, shown = maskName }: { bot?: string | undefined; shown?: (name: string) => string } = {},
): Promise<string> {
  const withoutBot = bot ? text.replace(new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g'), ' ') : text;
  const accounts = [...withoutBot.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, account = '']) => account);
  const people =
    accounts.length > 0 ? await db.person.findMany({ where: { slackId: { in: accounts } } }) : [];
  const names = new Map(people.map(({ slackId, name }) => [slackId, name]));
  const nameOf = (account: string) => {
    const name = names.get(account);
    return name ? shown(name) : '사용자';
  };
  return visibleText(plainText(withoutBot, nameOf)).trim();
}

const WRITTEN: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast'];

/** Whether a person wrote this message; otherwise it is one of the messenger's own notices. */
export function isWritten({ subtype }: { subtype?: string | undefined }): boolean {
  return WRITTEN.includes(subtype);
}
