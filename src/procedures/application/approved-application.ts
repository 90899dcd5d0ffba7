import { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../store/store.ts';
import { findApprovedApplication } from './profile.ts';

/**
 * The approved 이용신청 of a system and the system's current description; later procedures start from them. @throws
 * Refusal
 */
export async function approvedApplication(tx: Tx, systemId: string) {
  const approved = await findApprovedApplication(tx, systemId);
  if (approved) return approved;
  throw new Refusal(
    '이용신청이 아직 승인되지 않았습니다.',
    '승인되어 임시라이선스를 받은 뒤 시험하고 적용결과표를 제출하십시오.',
  );
}
