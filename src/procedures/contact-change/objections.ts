import { Refusal } from '../../core/refusal.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, OPEN } from '../../records/filings/states.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** Procedures that move a system to another contact. Only one may be open at a time. */
const MOVES = [PROCEDURE.contactChange, PROCEDURE.successorClaim, PROCEDURE.paperContact];

/** Why a person cannot become contact or deputy of a system; null when they can. */
export async function objectionToPerson(tx: Tx, personId: string, askedBy: string): Promise<string | null> {
  if (personId === askedBy) return '본인은 고를 수 없습니다. 다른 사람을 고르십시오.';
  const person = await tx.person.findUnique({ where: { id: personId } });
  if (person?.deactivatedAt) return '메신저에서 비활성화된 사용자입니다. 다른 사람을 고르십시오.';
  if (!person?.registeredAt || !person.slackId)
    return '사용자 등록을 하지 않은 사람입니다. 그 사람이 사용자 등록을 한 뒤에 다시 고르십시오.';
  return null;
}

/** Why this person cannot move these systems now; null when they can. */
export async function objectionToSystems(
  tx: Tx,
  systemIds: readonly string[],
  contactId: string,
  filingId: string | null,
): Promise<string | null> {
  const systems = await tx.system.findMany({ where: { id: { in: [...systemIds] } } });
  const own = systems.filter((system) => system.contactId === contactId);
  if (own.length < new Set(systemIds).size) return '담당하는 시스템만 고를 수 있습니다.';
  const retired = own.find((system) => system.retiredAt);
  if (retired) return `미사용으로 처리된 시스템입니다: ${retired.name}`;
  return objectionByOthers(tx, systemIds, filingId);
}

/** Another open 담당자 변경 for one of these systems. */
export async function objectionByOthers(
  tx: Tx,
  systemIds: readonly string[],
  filingId: string | null,
): Promise<string | null> {
  const other = await tx.filing.findFirst({ where: underWay(systemIds, filingId) });
  if (!other) return null;
  return `이미 담당자 변경을 신청한 시스템이 있습니다: ${other.title} (접수번호 ${other.number})`;
}

export function underWay(systemIds: readonly string[], filingId: string | null): Prisma.FilingWhereInput {
  return {
    id: { not: filingId ?? '' },
    procedure: { in: MOVES },
    state: anyOf(OPEN),
    systemIds: { hasSome: [...systemIds] },
  };
}

/** @throws Refusal when there is an objection */
export function refuse(objection: string | null): void {
  if (objection) throw new Refusal(objection, '내용을 고친 뒤 다시 제출하십시오.');
}
