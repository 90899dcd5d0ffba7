import { SUPPORT_PHONE } from '../core/support-phone.ts';
import { fallback, section } from '../messenger/blocks.ts';
import type { Renderer } from '../messenger/notice.ts';
import { OFFERED, SUBMITTED } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import { type Filings, getProcedure } from './procedure.ts';

export const RECEIPT_NOTICE = 'filing.received';

/** The receipt comes as a message, which is there later too, so that no window has to be closed. */
export function tellReceipt(op: Operation, { id, revision, channel, applicantId }: Filing): void {
  if (channel === 'PAPER') return; // who enters it sees it in the window
  op.tell({
    key: `received:${id}:${revision}`,
    notice: RECEIPT_NOTICE,
    to: applicantId,
    facts: { filingId: id, revision },
  });
}

type Received = Pick<Filing, 'number' | 'procedure' | 'state' | 'revision' | 'channel' | 'title' | 'urgent'>;

export function receiptNotice(filings: Pick<Filings, 'procedures'>): { [RECEIPT_NOTICE]: Renderer } {
  return {
    [RECEIPT_NOTICE]: async (db, facts) => {
      const [filing] = await db.$queryRaw<Received[]>`
        SELECT number, procedure, state, revision, channel, title, urgent FROM "Filing"
        WHERE id = ${String(facts.filingId)}`;
      const waits = filing?.state === SUBMITTED || filing?.state === OFFERED;
      if (!filing || !waits || filing.revision !== facts.revision) return null; // something newer is told
      const { document } = getProcedure(filings, filing.procedure);
      const head = `제출했습니다. ${document}: ${filing.title} (접수번호 ${filing.number})`;
      return { text: fallback(head), blocks: [section(head), section(whatFollows(filing))] };
    },
  };
}

/** What happens to it now, and where that is told. */
export function whatFollows({
  channel,
  state,
  urgent,
}: Pick<Filing, 'channel' | 'state' | 'urgent'>): string {
  if (urgent)
    return `관리자 모두에게 바로 알렸습니다. 급하면 ${SUPPORT_PHONE}으로도 전화하십시오. 진행 내용은 이 앱의 ‘메시지’로 알려 드립니다.`;
  if (channel === 'PAPER')
    return '다른 관리자가 검토합니다. 결과는 담당자의 이메일로 나갑니다. 종이(등기 등)로 받은 신청서는 접수했으니 바로 파기하십시오.';
  const told = '이 앱의 ‘메시지’로 알려 드립니다. 진행 상태는 홈의 목록에서 볼 수 있습니다.';
  return state === OFFERED
    ? `상대방에게 수락할지 물었습니다. 수락하면 다음 절차로 넘어갑니다. 결과를 ${told}`
    : `관리자가 검토한 뒤 결과를 ${told}`;
}
