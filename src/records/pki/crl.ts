import { isSigned, soundKey } from './algorithms.ts';
import {
  type Asn1,
  BOOLEAN,
  bitsOf,
  bytesOf,
  children,
  encode,
  isType,
  members,
  octetsOf,
  oidOf,
  parse,
  SEQUENCE,
  serialOf,
  tagged,
  timeOf,
} from './asn1.ts';
import type { Certificate } from './certificate.ts';
import { type Name, nameOf, pointsOf, sameName } from './names.ts';

/** A certificate revocation list (RFC 5280, 5). */
export interface Crl {
  issuer: Name;
  thisUpdate: Date;
  nextUpdate: Date | null;
  /** When each certificate was revoked, by serial number in upper-case hex without leading zeros. */
  revoked: ReadonlyMap<string, Date>;
  /** Which certificates the list covers. */
  scope: {
    /** The list is only for these addresses; null: for everything that the issuer issued. */
    points: string[] | null;
    usersOnly: boolean;
    casOnly: boolean;
    /** A delta list, an indirect list, a list of some reasons only, or one with unknown extensions. */
    strange: boolean;
  };
  algorithm: string;
  tbs: Buffer;
  signature: Buffer;
}

/** @throws Error when the bytes are not a CRL in DER */
export function parseCrl(der: Buffer): Crl {
  const [tbs, algorithm, signature] = members(parse(der));
  const fields = members(tbs);
  const versioned = fields[0]?.type !== SEQUENCE ? fields.slice(1) : fields; // version 1 lacks the version
  const [, issuer, thisUpdate, ...rest] = versioned;
  const hasNext =
    rest[0] !== undefined && rest[0].type !== SEQUENCE && tagged(rest.slice(0, 1), 0) === undefined;
  const entries = rest.find((node) => isType(node, SEQUENCE));
  const extensions = tagged(rest, 0);
  if (!tbs) throw new Error('not a CRL');
  return {
    issuer: nameOf(issuer),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: hasNext ? timeOf(rest[0]) : null,
    revoked: new Map((entries ? members(entries) : []).map(readEntry)),
    scope: readScope(extensions),
    algorithm: oidOf(members(algorithm)[0]),
    tbs: encode(tbs),
    signature: bitsOf(signature),
  };
}

function readEntry(entry: Asn1): [string, Date] {
  const [serial, date] = members(entry);
  return [serialOf(serial), timeOf(date)];
}

const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';

function readScope(extensions: Asn1 | undefined): Crl['scope'] {
  const scope: Crl['scope'] = { points: null, usersOnly: false, casOnly: false, strange: false };
  for (const extension of extensions ? members(children(extensions)[0]) : []) {
    const parts = members(extension);
    const critical = isType(parts[1], BOOLEAN) && bytesOf(parts[1])[0] !== 0;
    if (oidOf(parts[0]) !== ISSUING_DISTRIBUTION_POINT) {
      scope.strange ||= critical;
      continue;
    }
    const point = members(parse(octetsOf(parts.at(-1))));
    const name = tagged(point, 0);
    if (name) scope.points = pointsOf(name);
    scope.usersOnly = tagged(point, 1) !== undefined;
    scope.casOnly = tagged(point, 2) !== undefined;
    scope.strange ||= [3, 4, 5].some((tag) => tagged(point, tag) !== undefined);
  }
  return scope;
}

/** 행정전자서명 인증업무지침 제22조: a new list is issued at least once a day. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** How far the clocks of two organisations may differ. */
const SKEW_MS = 5 * 60 * 1000;

export type CrlVerdict =
  | { state: 'good' }
  | { state: 'revoked'; at: Date }
  /** The list says nothing about this certificate. `why` is for people; null when the list is simply another one. */
  | { state: 'unknown'; why: string | null };

/**
 * What a list says about a certificate. It counts only when the certificate's issuer signed it, it is fresh, and it
 * covers the certificate.
 */
export function judgeCrl(crl: Crl, certificate: Certificate, issuer: Certificate, now: Date): CrlVerdict {
  const unknown = (why: string | null): CrlVerdict => ({ state: 'unknown', why });
  if (!sameName(crl.issuer, certificate.issuer) || !covers(crl, certificate)) return unknown(null);
  const key = soundKey(issuer.x509);
  if (!key || issuer.keyUsage?.lists === false || !isSigned(crl.tbs, crl.algorithm, key, crl.signature)) {
    return unknown('폐지 목록의 서명이 발급기관의 것이 아닙니다.');
  }
  if (crl.thisUpdate.getTime() > now.getTime() + SKEW_MS) return unknown('폐지 목록의 발행일이 앞날입니다.');
  const until = crl.nextUpdate ?? new Date(crl.thisUpdate.getTime() + DAY_MS);
  if (until <= now) return unknown('폐지 목록의 유효기간이 지났습니다.');
  const at = crl.revoked.get(certificate.serial);
  return at ? { state: 'revoked', at } : { state: 'good' };
}

/** A list of one part of the issuer's certificates says nothing about the other parts. */
function covers({ scope }: Crl, { ca, crlPoints }: Certificate): boolean {
  if (scope.strange || (scope.usersOnly && ca) || (scope.casOnly && !ca)) return false;
  return scope.points === null || scope.points.some((point) => crlPoints.includes(point));
}
