import { rule } from '../core/rule.ts';
import { parseDomain, parseLoginUrl } from '../records/systems/domains.ts';
import { parseHostName, parseIpList, parseMac, splitList } from '../records/systems/hosts.ts';
import { isPlaceholderDomain } from '../records/systems/placeholders.ts';
import { parseServerCn } from '../records/systems/server-cn.ts';

type Parse = (typed: string) => { ok: true; value: string } | { ok: false; message: string };

/** The rules of records/systems as schemas for form fields: they take text and give its normal form, or a refusal. */
const each = (parse: Parse, split: (typed: string) => string[] = splitList) =>
  rule((typed) => {
    const parsed = split(typed).map(parse);
    const refused = parsed.find((part) => !part.ok);
    return refused ?? { ok: true, value: parsed.map((part) => (part.ok ? part.value : '')).join(', ') };
  });

/** Splits the value of a field with several values. */
export { splitList };

/** A MAC may contain blanks (`00 1A 2B …`): a part that is one whole MAC is not split at its blanks. */
function splitMacs(typed: string): string[] {
  return typed
    .normalize('NFKC')
    .split(/\s+\/\s+|[,;、\r\n]+/)
    .flatMap((part) => (parseMac(part).ok ? [part] : splitList(part)));
}

export const ipList = rule((typed) => {
  const parsed = parseIpList(typed);
  return parsed.ok ? { ok: true, value: parsed.addresses.map((one) => one.address).join(', ') } : parsed;
});
export const hostNameList = each(parseHostName);
export const macList = each(parseMac, splitMacs);
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

/** A check: refuses test values. Those among IP addresses are refused by `ipList` already. @param what the values are */
export const realOnly = (what: string, isPlaceholder: (one: string) => boolean) => (value: string) => {
  const test = splitList(value).find(isPlaceholder);
  return test === undefined
    ? null
    : `${what} ‘${test}’ 값은 시험용입니다. 운영서버의 실제 정보를 입력하십시오.`;
};
export const realDomain = realOnly('도메인', isPlaceholderDomain);
