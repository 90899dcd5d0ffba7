import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { systemIdOf } from '../../records/filings/subject.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import { requireRegistered } from '../../records/people/who.ts';
import type { System } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { followUpBlocks } from './follow-up.ts';
import { incidentForm, incidentKinds } from './form.ts';
import { readTimeline, tickedItems } from './timeline.ts';

const TITLE = '보안사고 신고';

/**
 * 보안사고 신고: officers see it first, with a checklist and a timeline. Its approval closes it and states the outcome.
 * Every registered person may report, also about a colleague's system.
 */
export const incident = defineProcedure<typeof incidentForm.fields>({
  name: 'incident',
  title: TITLE,
  document: '보안사고 신고서',
  approvedLabel: '종결',
  reopenable: false,
  undoable: true,
  lasting: true,
  form: incidentForm,
  onCard: ['kind', 'systems'],
  approvedText: '보안사고 신고를 종결했습니다.',
  outcome: {
    intro: '조치를 마쳤으면 결과를 적고 종결하십시오. 신고자에게 그대로 전달됩니다.',
    label: '처리 결과',
    placeholder:
      '예: 라이선스를 폐지하고 재발급했습니다. 서버의 접근권한을 다시 정했습니다. (이름, 연락처는 적지 마십시오.)',
  },
  onHome: {
    label: TITLE,
    for: 'official',
    about: '라이선스나 키가 새어 나갔거나 침해가 의심될 때 바로 알립니다.',
  },
  onSystem: {
    label: TITLE,
    about: '라이선스나 키가 새어 나갔거나 침해가 의심될 때',
    offered: ({ contactId, deputyId }, who) => [contactId, deputyId].includes(who.id),
  },
  followUp: followUpBlocks,

  async begin(tx, applicant, subject) {
    const { mobile } = requireRegistered(applicant);
    const systemId = systemIdOf(subject);
    if (!systemId) return { phone: mobile };
    const [system] = await systemsOf(tx, applicant, [systemId]);
    return { phone: mobile, ...(system ? { systems: [system.id] } : {}) };
  },

  async place(op, applicant, _subject, answers) {
    const { agencyCode } = requireRegistered(applicant);
    const systems = await systemsOf(op.tx, applicant, answers.systems ?? []);
    const kind = incidentKinds.find(({ value }) => value === answers.kind)?.label ?? '기타';
    const [first, ...others] = systems;
    const where = first ? `${first.name}${others.length > 0 ? ` 외 ${others.length}건` : ''}` : '시스템 미상';
    return {
      title: `${kind}: ${where}`,
      agencyCode,
      systemId: null,
      systemIds: systems.map(({ id }) => id),
      urgent: true,
    };
  },

  async findings(tx, filing, answers) {
    const [systems, timeline] = await Promise.all([
      tx.system.findMany({
        where: { id: { in: filing.systemIds } },
        include: { _count: { select: { licences: { where: IN_FORCE } } } },
      }),
      readTimeline(tx, filing.id),
    ]);
    const openItems = tickedItems(timeline).filter(({ by }) => by === null).length;
    const inForce = systems.reduce((sum, { _count }) => sum + _count.licences, 0);
    const foreign = systems.some(
      ({ contactId, deputyId }) => ![contactId, deputyId].includes(filing.applicantId),
    );
    const found: Finding[] = [
      systems.length === 0
        ? { level: 'look', text: '관련 시스템을 고르지 않았습니다. 신고자에게 전화로 확인하십시오.' }
        : { level: 'look', text: `관련 시스템 ${systems.length}건, 사용 중인 라이선스 ${inForce}건` },
      ...(foreign
        ? [
            {
              level: 'look' as const,
              text: '신고자가 담당하지 않는 시스템이 있습니다. 담당자에게도 확인하십시오.',
            },
          ]
        : []),
      answers.taken
        ? { level: 'ok', text: '신고자가 조치한 내용이 있습니다.' }
        : { level: 'look', text: '신고자가 조치한 내용이 없습니다.' },
      openItems > 0
        ? { level: 'look', text: `점검표에 남은 일이 ${openItems}건 있습니다.` }
        : { level: 'ok', text: '점검표를 모두 마쳤습니다.' },
    ];
    return found;
  },

  async approve() {
    // It is closed with its outcome, which is the reason of the decision. Licences were revoked during the case.
  },
});

/** The systems about which this person may report: the agency's, and their own. @throws Refusal */
async function systemsOf(tx: Tx, who: Known, ids: readonly string[]): Promise<System[]> {
  const systems = await tx.system.findMany({ where: { id: { in: [...ids] } }, orderBy: { name: 'asc' } });
  const strange = systems.find(
    ({ agencyCode, contactId, deputyId }) =>
      agencyCode !== who.agencyCode && ![contactId, deputyId].includes(who.id),
  );
  if (strange || systems.length !== new Set(ids).size) {
    throw new Refusal(
      '소속기관의 시스템이 아닌 것이 있습니다.',
      `‘관련 시스템’에서 목록에 나오는 시스템만 고르십시오. 다른 기관의 시스템이면 ${SUPPORT_PHONE}으로 알려 주십시오.`,
    );
  }
  return systems;
}
