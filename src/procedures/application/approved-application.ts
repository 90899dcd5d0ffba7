import { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../store/store.ts';
import { findApprovedApplication } from './profile.ts';

/**
 * The approved 이용신청 of a system and the system's current description; later procedures start from them. @throws
 * Refusal
 */
export async function approvedApplication(tx: Tx, systemId: string) {
  return requireApproved(await findApprovedApplication(tx, systemId));
}

/** The same for what was read already. @throws Refusal */
export function requireApproved<T>(approved: T | null): T {
  if (approved) return approved;
  throw new Refusal(
    '이용신청이 아직 승인되지 않았습니다.',
    '승인되어 임시라이선스를 받은 뒤 시험하고 적용결과표를 제출하십시오.',
  );
}
