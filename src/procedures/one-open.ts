import { Refusal } from '../core/refusal.ts';
import { anyOf, isOpen, OPEN } from '../records/filings/states.ts';
import type { FilingState } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

/** Whether a filing of this procedure among these is open. */
export function hasOpen(
  filings: readonly { procedure: string; state: FilingState }[],
  name: string,
): boolean {
  return filings.some((filing) => filing.procedure === name && isOpen(filing));
}

/**
 * A system may have only one open filing of a procedure. `what`: its name as the subject of a sentence (`미사용 신고가`).
 * `filingId`: the one that is being corrected.
 * @throws Refusal that names the receipt number of the other one
 */
export async function refuseSecond(
  tx: Tx,
  { procedure, what }: { procedure: string; what: string },
  systemId: string,
  filingId = '',
): Promise<void> {
  const open = await tx.filing.findFirst({
    where: { systemId, procedure, state: anyOf(OPEN), id: { not: filingId } },
  });
  if (!open) return;
  throw new Refusal(
    `이미 제출한 ${what} 있습니다. (접수번호 ${open.number})`,
    open.channel === 'PAPER'
      ? '관리자 채널의 그 건에서 상태를 확인하십시오.'
      : '홈의 목록에서 그 건의 ‘상세’를 보거나, 고칠 것이 있으면 ‘수정’을 누르십시오.',
  );
}
