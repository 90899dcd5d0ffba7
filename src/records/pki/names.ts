import { type Asn1, CONTEXT_SPECIFIC, children, members, oidOf, SET, textOf } from './asn1.ts';

/** A distinguished name in the order of the certificate, the most general part first. */
export type Name = readonly NamePart[];
interface NamePart {
  type: string;
  value: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'cn',
  '2.5.4.6': 'c',
  '2.5.4.7': 'l',
  '2.5.4.8': 'st',
  '2.5.4.10': 'o',
  '2.5.4.11': 'ou',
  '0.9.2342.19200300.100.1.25': 'dc',
};

/** @throws Error when the node is not a Name */
export function nameOf(node: Asn1 | undefined): Name {
  return members(node).flatMap((set) =>
    members(set, SET).map((pair) => {
      const [type, value] = members(pair);
      const oid = oidOf(type);
      return { type: TYPES[oid] ?? oid, value: textOf(value).trim() };
    }),
  );
}

/**
 * In the form of GPKI, the most specific part first: `cn=001홍길동001,ou=people,ou=행정안전부,o=Government of Korea,c=KR`.
 */
export function showName(name: Name): string {
  return name
    .map(({ type, value }) => `${type}=${value.replace(/([,+"\\<>;=])/g, '\\$1')}`)
    .reverse()
    .join(',');
}

/** Compares names: case and string type do not matter (RFC 5280, 7.1). */
export function sameName(a: Name, b: Name): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(name: Name): string {
  return JSON.stringify(name.map(({ type, value }) => [type, value.toLowerCase().replace(/\s+/g, ' ')]));
}

/** All values of one part, the most specific first: each of several `ou=` counts. */
export function partsOf(name: Name, type: string): string[] {
  return name
    .filter((part) => part.type === type)
    .map((part) => part.value)
    .reverse();
}

/** The last CN; null when there is none, as in 기관용 certificates. */
export function commonName(name: Name): string | null {
  return partsOf(name, 'cn')[0] ?? null;
}

/**
 * The addresses of a revocation list, each in one spelling so that two can be compared: `http://…`, `ldap://…`, or
 * `dn:…`. `node` is a DistributionPointName. @throws Error
 */
export function pointsOf(node: Asn1 | undefined): string[] {
  const fullName = children(node).find((choice) => (choice.type as number) === 0);
  if (!fullName) return []; // relative to the issuer, so no address
  return children(fullName).flatMap((general): string[] => {
    if (general.tagClass !== CONTEXT_SPECIFIC) return [];
    const tag = general.type as number;
    if (tag === 6) return [textOf(general)];
    if (tag === 4) return [`dn:${keyOf(nameOf(children(general)[0]))}`];
    return [];
  });
}
