import { maskName } from '../../core/mask.ts';
import { SUPPORT_NUMBER } from '../../core/support-phone.ts';
import { context, fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { reachable, reachableColumns } from '../../records/people/reachable.ts';
import { systemLines } from '../../records/systems/named-systems.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';

/** `byMail`: the successor has no messenger account. */
type Side = 'successor' | 'predecessor' | 'byMail';

/** Tells one of the two that the approved filing moved its systems; nobody who cannot be reached. */
export async function tellOfMove(op: Operation, filing: Filing, to: string, side: Side): Promise<void> {
  if (!(await isReachable(op, to))) return;
  op.tell({
    key: `moved:${filing.id}:${filing.revision}:${side}`,
    notice: 'contact.changed',
    to,
    facts: { filingId: filing.id, side },
  });
}

/** Tells the contact of a system that somebody asks to take it over. */
export async function tellOfClaim(op: Operation, systemId: string, claimantId: string): Promise<void> {
  const { contactId } = await op.tx.system.findUniqueOrThrow({ where: { id: systemId } });
  if (!(await isReachable(op, contactId))) return;
  op.tell({
    key: `claimed:${systemId}:${claimantId}:${op.now.getTime()}`,
    notice: 'contact.claimed',
    to: contactId,
    facts: { systemId, claimantId },
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
  'contact.claimed': async (db, facts) => {
    const [system, claimant] = await Promise.all([
      db.system.findUnique({ where: { id: String(facts.systemId) }, include: { agency: true } }),
      db.person.findUnique({ where: { id: String(facts.claimantId) } }),
    ]);
    if (!system || !claimant) return null;
    const head = '담당하는 시스템의 담당자 변경이 신청되었습니다.';
    return {
      text: fallback(`${head} ${system.name}`),
      blocks: [
        header(head),
        lines([
          { label: '시스템명', text: system.name },
          { label: '기관', text: system.agency.name },
          { label: '신청한 사람', text: claimant.name ? maskName(claimant.name) : '(이름 없음)' },
        ]),
        section(
          `전임자가 없다는 증빙자료와 함께 신청되었으며 표준API 관리자가 검토합니다. 지금도 담당하고 있으면 ${SUPPORT_NUMBER}로 바로 알리십시오.`,
        ),
      ],
    };
  },

  'contact.changed': async (db, facts) => {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (!filing) return null;
    const { head, next } = words[isSide(facts.side) ? facts.side : 'successor'];
    return {
      text: fallback(`${head} ${filing.title}`),
      blocks: [
        header(head),
        lines([...(await systemLines(db, filing.systemIds)), { label: '접수번호', text: filing.number }]),
        section(next),
        context(`문의: 표준API 기술지원 ${SUPPORT_NUMBER}`),
      ],
    };
  },
};
