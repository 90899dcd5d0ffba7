/**
 * Cuts one text into inline nodes. At each place the first rule that matches there and gives a node wins;
 * what no rule takes is text. The rules' patterns are sticky, so they may look behind.
 * @param {string} source
 * @param {{type: string, pattern: RegExp}[]} rules
 * @param {(type: string, match: RegExpExecArray) => object | null} nodeFor
 * @param {(text: string) => string} [decode]
 */
export function scan(source, rules, nodeFor, decode = (text) => text) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push({ type: 'text', text: decode(plain) });
    plain = '';
  };
  for (let at = 0; at < source.length; ) {
    const found = source[at] === '\n' ? LINE_BREAK : tokenAt(source, at, rules, nodeFor);
    if (found) {
      flush();
      nodes.push(found.node);
      at += found.length;
    } else {
      plain += source[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

const LINE_BREAK = { node: { type: 'break' }, length: 1 };

function tokenAt(source, at, rules, nodeFor) {
  for (const { type, pattern } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const node = match && nodeFor(type, match);
    if (node) return { node, length: match[0].length };
  }
  return null;
}
