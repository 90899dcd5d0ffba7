import { Refusal } from '../../core/refusal.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, OPEN } from '../../records/filings/states.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** Procedures that move a system to another contact. Only one may be open at a time. */
const MOVES = [PROCEDURE.contactChange, PROCEDURE.successorClaim, PROCEDURE.paperContact];

export const SEE_LIST = '홈의 목록에서 담당하는 시스템을 확인하십시오.';

/**
 * Why a person cannot become contact or deputy of a system; null when they can.
 * @param contactId the present contact, and `same` what is said when that one is chosen
 */
export async function objectionToPerson(
  tx: Tx,
  personId: string,
  contactId: string,
  same = '본인은 고를 수 없습니다.',
): Promise<Refusal | null> {
  if (personId === contactId) return new Refusal(same, '다른 사람을 고르십시오.');
  const person = await tx.person.findUnique({ where: { id: personId } });
  if (person?.deactivatedAt)
    return new Refusal('메신저에서 비활성화된 사용자입니다.', '다른 사람을 고르십시오.');
  if (!person?.registeredAt || !person.slackId)
    return new Refusal(
      '사용자 등록을 하지 않은 사람입니다.',
      '그 사람이 사용자 등록을 한 뒤에 다시 고르십시오.',
    );
  return null;
}

/** Why this person cannot move these systems now; null when they can. */
export async function objectionToSystems(
  tx: Tx,
  systemIds: readonly string[],
  contactId: string,
  filingId: string | null,
): Promise<Refusal | null> {
  const systems = await tx.system.findMany({ where: { id: { in: [...systemIds] } } });
  const own = systems.filter((system) => system.contactId === contactId);
  if (own.length < new Set(systemIds).size)
    return new Refusal('담당하는 시스템만 고를 수 있습니다.', SEE_LIST);
  const retired = own.find((system) => system.retiredAt);
  if (retired) return new Refusal(`미사용으로 처리된 시스템입니다: ${retired.name}`, SEE_LIST);
  return objectionByOthers(tx, systemIds, filingId);
}

/** Another open 담당자 변경 for one of these systems. */
export async function objectionByOthers(
  tx: Tx,
  systemIds: readonly string[],
  filingId: string | null,
): Promise<Refusal | null> {
  const other = await tx.filing.findFirst({ where: underWay(systemIds, filingId) });
  if (!other) return null;
  return new Refusal(
    `이미 담당자 변경을 신청한 시스템이 있습니다: ${other.title} (접수번호 ${other.number})`,
    '그 신청이 처리된 뒤에 다시 신청하십시오.',
  );
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
export function refuse(objection: Refusal | null): void {
  if (objection) throw objection;
}

/** The objection as the error of a field. */
export const atField = ({ message, next }: Refusal): string => [message, next].filter(Boolean).join(' ');
