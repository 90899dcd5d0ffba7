/**
 * Text of a message as the messenger hands it over (docs.slack.dev, "Formatting message text"), made plain again:
 * `&lt;` is `<`, `<https://a|b>` is `b (https://a)`, `<@U1>` is a person. What people typed stays as they typed it.
 */
export function plainText(text: string, nameOf: (account: string) => string = () => '사용자'): string {
  const shown = text.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_all, sign, what, label) => {
    if (sign === '@') return `@${nameOf(what)}`;
    if (sign === '#') return `#${label || what}`;
    if (sign === '!') return label || `@${what}`;
    const address = String(what).replace(/^(?:mailto|tel):/, '');
    return label && label !== what && label !== address ? `${label} (${address})` : address;
  });
  return shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

/**
 * Officers talk among themselves in the same thread: what begins with `//`, or with the name of somebody, is said to
 * a colleague and goes to nobody else.
 */
export function isInternal(text: string): boolean {
  return /^\s*(?:\/\/|<@)/.test(text);
}
