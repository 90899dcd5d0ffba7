import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const text = z.string().min(1).max(300);

/** One server of a licence, as the file has it. Every given part binds; `ip` holds all addresses. */
export const boundHost = z
  .strictObject({
    ip: z
      .array(z.string().refine((ip) => isIp(bare(ip)), 'not an IPv4 or IPv6 address'))
      .min(1)
      .max(64)
      .optional(),
    host: text.optional(),
    /** Free text: a test server may have a placeholder. */
    mac: text.optional(),
    domain: text.optional(),
  })
  .refine((host) => Object.values(host).some((part) => part !== undefined), 'a host must name something');

export type BoundHost = z.infer<typeof boundHost>;

/** What a server reports of itself; it may have several addresses and network cards. */
export interface ObservedHost {
  ip?: string[];
  host?: string;
  mac?: string[];
  domain?: string;
}

type HostMatch = 'MATCH' | 'MISMATCH' | 'NOTHING_TO_COMPARE';

/**
 * A server fits a licence when it fits one of the bound hosts. It fits a bound host when every part that both sides
 * know agrees (one agreeing address or card is enough for that part) and at least one part was compared.
 */
export function matchHost(bound: readonly BoundHost[], observed: ObservedHost): HostMatch {
  const results = bound.map((host) => matchOne(host, observed));
  if (results.includes('MATCH')) return 'MATCH';
  return results.includes('MISMATCH') ? 'MISMATCH' : 'NOTHING_TO_COMPARE';
}

function matchOne(bound: BoundHost, observed: ObservedHost): HostMatch {
  const parts = [
    compare(bound.ip, observed.ip, normaliseIp),
    compare(list(bound.host), list(observed.host), normaliseHostName),
    compare(list(bound.mac), observed.mac, normaliseMac),
    compare(list(bound.domain), list(observed.domain), normaliseDomain),
  ].filter((agrees) => agrees !== null);
  if (parts.length === 0) return 'NOTHING_TO_COMPARE';
  return parts.every(Boolean) ? 'MATCH' : 'MISMATCH';
}

/** Null when one side gives nothing. A value without a normal form (a placeholder) is compared as lower-case text. */
function compare(
  bound: string[] | undefined,
  observed: string[] | undefined,
  normalise: (text: string) => string | null,
): boolean | null {
  if (!bound?.length || !observed?.length) return null;
  const fold = (text: string) => normalise(text) ?? normaliseHostName(text);
  const boundValues = new Set(bound.map(fold));
  return observed.some((text) => boundValues.has(fold(text)));
}

function list(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

/**
 * One spelling per address: `::FFFF:10.0.0.1` is `10.0.0.1`, `2001:DB8:0::1` is `2001:db8::1`. A zone (`%eth0`) has a
 * meaning on the server only and is dropped. Null for anything else, also for the old octal and short forms
 * (`010.1`).
 */
export function normaliseIp(text: string): string | null {
  const address = bare(text);
  return isIp(address) ? ipaddr.process(address).toString() : null;
}

function bare(text: string): string {
  return text.trim().replace(/%.*$/, '');
}

function isIp(address: string): boolean {
  return isIPv4(address) || (address.includes(':') && ipaddr.isValid(address));
}

/** `00-1A-2b-…`, `001a.2b3c.4d5e`, `00:1a:…` → twelve lower-case hex digits; null for anything else. */
export function normaliseMac(text: string): string | null {
  const digits = text.replace(/[\s:.-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? digits : null;
}

function normaliseHostName(text: string): string {
  return text.trim().normalize('NFC').toLowerCase().replace(/\.$/, '');
}

/** Domains may be Korean (`.한국`); they are compared in their ASCII form. */
function normaliseDomain(text: string): string | null {
  return domainToASCII(normaliseHostName(text)) || null;
}
