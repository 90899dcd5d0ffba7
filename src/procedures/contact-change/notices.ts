import { SUPPORT_NUMBER } from '../../core/support-phone.ts';
import { context, fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { reachable, reachableColumns } from '../../records/people/reachable.ts';
import { systemLines } from '../../records/systems/named-systems.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';

/** Whom the message is for. `byMail`: the successor, who has no messenger account. */
type Side = 'successor' | 'predecessor' | 'byMail';

/**
 * Tells one of the people concerned that the approved filing moved its systems, or only these of them. People who
 * cannot be reached are skipped.
 */
export async function tellOfMove(
  op: Operation,
  filing: Filing,
  to: string,
  side: Side,
  systemIds?: readonly string[],
): Promise<void> {
  if (!(await isReachable(op, to))) return;
  op.tell({
    key: `moved:${filing.id}:${filing.revision}:${side}:${to}`,
    notice: 'contact.changed',
    to,
    facts: { filingId: filing.id, side, ...(systemIds ? { systems: systemIds.join(',') } : {}) },
  });
}

async function isReachable(op: Operation, personId: string): Promise<boolean> {
  const person = await op.tx.person.findUnique({ where: { id: personId }, select: reachableColumns });
  return reachable(person)[0] === personId;
}

const isSide = (side: unknown): side is Side => typeof side === 'string' && Object.hasOwn(words, side);

const words: Record<Side, { head: string; next: string }> = {
  successor: {
    head: '시스템의 담당자가 되었습니다.',
    next: '홈을 열면 시스템이 목록에 보입니다. 보완요청 중인 신청이 있으면 이제 직접 고쳐서 다시 제출합니다. 부담당자를 지정해 두면 안내를 함께 받습니다.',
  },
  byMail: {
    head: '시스템의 담당자가 되었습니다.',
    next: '앞으로 이 시스템의 접수와 처리, 라이선스와 이용현황조사에 관한 안내를 이 이메일로 받습니다. 모르는 일이면 표준API 기술지원에 바로 알리십시오.',
  },
  predecessor: {
    head: '시스템의 담당이 끝났습니다.',
    next: '담당자 변경이 승인되어 이 시스템은 목록에 보이지 않으며 라이선스를 받을 수 없습니다. 모르는 일이면 표준API 관리자에게 바로 알리십시오.',
  },
};

export const contactNotices: Notices = {
  'contact.changed': async (db, facts) => {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (!filing) return null;
    const systemIds = facts.systems ? String(facts.systems).split(',') : filing.systemIds;
    const { head, next } = words[isSide(facts.side) ? facts.side : 'successor'];
    return {
      text: fallback(`${head} ${filing.title}`),
      blocks: [
        header(head),
        lines([...(await systemLines(db, systemIds)), { label: '접수번호', text: filing.number }]),
        section(next),
        context(`문의: 표준API 기술지원 ${SUPPORT_NUMBER}`),
      ],
    };
  },
};
