import { maskName } from '../core/mask.ts';
import { inForce, supersedes } from '../records/in-force.ts';
import { licenceName } from '../records/licences/delivery.ts';
import type { LicenceSource } from '../records/licences/issue.ts';
import type { Licence } from '../store/client/client.ts';
import type { LicenceKind } from '../store/client/enums.ts';
import type { Tx } from '../store/store.ts';

/** What an approval does, in words that several procedures share. */

/** Names of the system's licences in force; with `kind` of those that a new licence of this kind supersedes. */
export async function licencesInForce(
  tx: Tx,
  systemId: string | null,
  kind: LicenceKind = 'REGULAR',
): Promise<string[]> {
  if (systemId === null) return [];
  const licences = await tx.$queryRaw<Pick<Licence, 'kind' | 'number' | 'madeBy'>[]>`
    SELECT kind, number, "madeBy" FROM "Licence" l WHERE "systemId" = ${systemId} AND ${inForce('l')}
    ORDER BY "issuedAt", id`;
  return licences.filter((one) => supersedes(kind, one)).map(licenceName);
}

interface Issued {
  kind: LicenceKind;
  /** The licence, as people say it. */
  what: string;
  /** Who gets it, masked. */
  to: string;
  source?: LicenceSource | undefined;
}

/** `라이선스에 서명하여 … 보냅니다`, or the attached official file, and the licence that it supersedes. */
export async function issues(
  tx: Tx,
  systemId: string | null,
  { kind, what, to, source = 'own' }: Issued,
): Promise<string> {
  const [first, ...more] = await licencesInForce(tx, systemId, kind);
  const others = more.length > 0 ? ` 외 ${more.length}건` : '';
  const replaced = first ? ` 대체되는 라이선스: ${first}${others}` : '';
  const how = source === 'official' ? `공식 발급기 파일을 ${what}로` : `${what}에 서명하여`;
  return `${how} 보냅니다. 받는 사람: ${to}.${replaced}`;
}

/** `시스템 3개의 담당자가 바뀝니다`, with the former and the new contact. */
export async function moves(tx: Tx, count: number, from: readonly string[], to: string): Promise<string> {
  const nameOf = async (id: string) => {
    const person = await tx.person.findUnique({ where: { id } });
    return person?.name ? `${maskName(person.name)} 님` : '이름 없음';
  };
  const before = (await Promise.all(from.map(nameOf))).join(', ');
  return `시스템 ${count}개의 담당자가 바뀝니다: ${before} → ${await nameOf(to)}. 지금 담당자는 더 볼 수 없고, 모두에게 알립니다.`;
}
