import { rule } from '../filing/form.ts';
import { parseDomain, parseLoginUrl } from '../systems/domains.ts';
import { parseHostName, parseIpList, parseMac } from '../systems/hosts.ts';
import { parseServerCn } from '../systems/server-cn.ts';

/** The rules of systems/ as schemas of form fields: text in, normal form out, or the sentence that refuses it. */
const each = (parse: (typed: string) => { ok: true; value: string } | { ok: false; message: string }) =>
  rule((typed) => {
    const parts = splitList(typed);
    const parsed = parts.map(parse);
    const refused = parsed.find((part) => !part.ok);
    return refused ?? { ok: true, value: parsed.map((part) => (part.ok ? part.value : '')).join(', ') };
  });

/** The list that a field of several values holds. */
export function splitList(typed: string): string[] {
  return typed.split(/[\s,;、]+/).filter((part) => part !== '');
}

export const ipList = rule((typed) => {
  const parsed = parseIpList(typed);
  return parsed.ok ? { ok: true, value: parsed.addresses.map((one) => one.address).join(', ') } : parsed;
});
export const hostName = rule(parseHostName);
export const hostNameList = each(parseHostName);
export const mac = rule(parseMac);
export const macList = each(parseMac);
export const domain = rule((typed) => {
  const parsed = parseDomain(typed);
  return parsed.ok ? { ok: true, value: parsed.domain } : parsed;
});
export const loginUrl = rule((typed) => {
  const parsed = parseLoginUrl(typed);
  return parsed.ok ? { ok: true, value: parsed.url } : parsed;
});
export const serverCn = rule((typed) => {
  const parsed = parseServerCn(typed);
  return parsed.ok ? { ok: true, value: parsed.cn } : parsed;
});
