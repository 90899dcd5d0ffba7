import { type Asn1, CONTEXT_SPECIFIC, children, members, oidOf, SET, textOf } from './asn1.ts';

/** A distinguished name as it was read, most general part first, as it stands in the certificate. */
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

/** As GPKI writes it, most specific part first: `cn=001홍길동001,ou=people,ou=행정안전부,o=Government of Korea,c=KR`. */
export function showName(name: Name): string {
  return name
    .map(({ type, value }) => `${type}=${value.replace(/([,+"\\<>;=])/g, '\\$1')}`)
    .reverse()
    .join(',');
}

/** For comparing: case and string type do not tell names apart (RFC 5280, 7.1). */
export function sameName(a: Name, b: Name): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(name: Name): string {
  return JSON.stringify(name.map(({ type, value }) => [type, value.toLowerCase().replace(/\s+/g, ' ')]));
}

/** All values of one part, most specific first: of several `ou=` each counts. */
export function partsOf(name: Name, type: string): string[] {
  return name
    .filter((part) => part.type === type)
    .map((part) => part.value)
    .reverse();
}

/** The last CN; null without one (기관용 certificates have none). */
export function commonName(name: Name): string | null {
  return partsOf(name, 'cn')[0] ?? null;
}

/**
 * Where a CRL is found, in one spelling per place so that two can be compared: `http://…`, `ldap://…`, or `dn:…`.
 * `node` is a DistributionPointName. @throws Error
 */
export function pointsOf(node: Asn1 | undefined): string[] {
  const fullName = children(node).find((choice) => (choice.type as number) === 0);
  if (!fullName) return []; // relative to the issuer: no address
  return children(fullName).flatMap((general): string[] => {
    if (general.tagClass !== CONTEXT_SPECIFIC) return [];
    const tag = general.type as number;
    if (tag === 6) return [textOf(general)];
    if (tag === 4) return [`dn:${keyOf(nameOf(children(general)[0]))}`];
    return [];
  });
}
