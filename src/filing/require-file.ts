import { Refusal } from '../core/refusal.ts';
import type { Decision } from './decision.ts';
import type { AnyProcedure } from './procedure.ts';

/** @throws Refusal when only the official generator makes licences and an approval that issues one has no file */
export function refuseWithoutFile({ officialOnly, issues }: AnyProcedure, decision: Decision): void {
  if (!officialOnly || decision.verb !== 'filing.approve') return;
  const { official } = decision;
  if (official && (official.expiresOn !== null || issues !== 'TEMPORARY')) return;
  throw new Refusal(
    official ? '유효기간의 마지막 날이 없습니다.' : '공식 발급기 파일을 올려야 승인할 수 있습니다.',
    '카드나 검토 화면에서 ‘승인’을 누르고 공식 발급기로 만든 파일과 유효기간의 마지막 날을 넣으십시오.',
  );
}
