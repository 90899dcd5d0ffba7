import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { form, search, text } from '../../messenger/forms/form.ts';
import { personIdOf } from '../../records/filings/subject.ts';
import { officersOnly, requireApplicantsOffice } from '../../records/people/office.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import type { Tx } from '../../store/store.ts';
import { moveFindings } from '../contact-change/findings.ts';
import { tellOfMove } from '../contact-change/notices.ts';
import { atField, objectionToPerson, refuse, underWay } from '../contact-change/objections.ts';
import { transferSystems } from '../contact-change/transfer.ts';
import { moves } from '../effects.ts';

const { requireOfficer } = officersOnly('담당자 일괄 변경은 표준API 관리자만 신청할 수 있습니다.');

const SAME = '지금 담당자와 같은 사람입니다.';

const transferForm = form(
  {
    predecessor: search({
      label: '지금 담당자',
      hint: '떠난 사람도 찾을 수 있습니다. 이 사람이 담당하는 모든 시스템을 옮깁니다.',
      source: 'contact',
      placeholder: '예: 행정안전부 김보람',
    }),
    successor: search({
      label: '새 담당자',
      hint: '기관에 확인한 사람을 고르십시오. 이름이 같은 사람은 CN으로 구분하십시오.',
      source: 'person',
      placeholder: '예: 행정안전부 이정훈',
    }),
    note: text({
      label: '근거',
      words: true,
      lines: true,
      max: 500,
      placeholder: '예: 2027. 1. 4. 행정안전부 디지털안전정책과에 전화로 확인',
    }),
  },
  [
    {
      title: '담당자 일괄 변경',
      intro:
        '떠난 사람이 담당하던 시스템을 한 번에 새 담당자에게 옮깁니다. 다른 관리자가 승인해야 바뀌며, 승인할 때 담당하고 있는 시스템을 모두 옮깁니다.',
      fields: ['predecessor', 'successor', 'note'],
    },
  ],
);

/**
 * 담당자 일괄 변경: one officer files it for all systems of a person who left, another officer approves it. The form does
 * not list the systems: they are read at the approval, and the checks show them.
 */
export const contactTransfer = defineProcedure<typeof transferForm.fields>({
  name: 'contactTransfer',
  title: '담당자 일괄 변경',
  document: '담당자 일괄 변경신청',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CONTACT',
  stepUp: true,
  form: transferForm,
  onHome: {
    label: '담당자 일괄 변경',
    for: 'officer',
    about: '떠난 담당자의 시스템을 모두 다른 사람에게 옮깁니다.',
  },
  onPerson: { label: '담당자 일괄 변경' },
  approvedText: '담당자 일괄 변경이 승인되어 반영되었습니다.',

  async begin(tx, applicant, subject) {
    requireOfficer(applicant);
    const predecessor = personIdOf(subject);
    if (!predecessor) return {};
    refuse(await objectionToPredecessor(tx, predecessor));
    return { predecessor };
  },

  async verify({ db }, _scene, { predecessor, successor }) {
    const wrong: Record<string, string> = {};
    const toOld = predecessor && (await objectionToPredecessor(db, predecessor));
    if (toOld) wrong.predecessor = atField(toOld);
    const toNew = successor && (await objectionToPerson(db, successor, predecessor ?? '', SAME));
    if (toNew) wrong.successor = atField(toNew);
    return wrong;
  },

  async place(op, applicant, _subject, { predecessor, successor }) {
    requireOfficer(applicant);
    refuse(await objectionToPredecessor(op.tx, predecessor));
    refuse(await objectionToPerson(op.tx, successor, predecessor, SAME));
    const person = await op.tx.person.findUniqueOrThrow({ where: { id: predecessor } });
    const name = person.name ? maskName(person.name) : '이름 없음';
    return { title: `${name} 담당 시스템 전체`, agencyCode: person.agencyCode, systemId: null };
  },

  async findings(tx, filing, { predecessor, successor }) {
    // After the approval the systems that were moved; they no longer belong to the predecessor.
    if (filing.systemIds.length > 0)
      return [{ level: 'ok', text: `옮긴 시스템 ${filing.systemIds.length}개` }];
    const ids = await systemsOf(tx, predecessor);
    const others = await tx.filing.findMany({ where: underWay(ids, filing.id), select: { number: true } });
    return [
      ...(await moveFindings(tx, ids, [predecessor], successor)),
      ...(others.length > 0
        ? [
            {
              level: 'look' as const,
              text: `이 가운데 담당자 변경을 따로 신청한 것이 있습니다: ${others.map(({ number }) => number).join(', ')}`,
            },
          ]
        : []),
    ];
  },

  async effect(tx, _filing, { predecessor, successor }) {
    return moves(tx, (await systemsOf(tx, predecessor)).length, [predecessor], successor);
  },

  async approve(op, filing, { predecessor: from, successor: to }) {
    await requireApplicantsOffice(op.tx, { id: filing.applicantId });
    if (to === op.author.actor)
      throw new Refusal(
        '본인이 새 담당자인 신청은 승인할 수 없습니다.',
        '다른 관리자에게 승인을 요청하십시오.',
      );
    await lockSystems(op.tx, await systemsOf(op.tx, from));
    const systemIds = await systemsOf(op.tx, from);
    await transferSystems(op, { filing, systemIds, from, to });
    const moved = await op.tx.filing.update({ where: { id: filing.id }, data: { systemIds } });
    await tellOfMove(op, moved, to, 'successor');
    await tellOfMove(op, moved, from, 'predecessor');
  },
});

async function objectionToPredecessor(tx: Tx, personId: string): Promise<Refusal | null> {
  const some = await tx.system.count({ where: { contactId: personId, retiredAt: null } });
  return some === 0
    ? new Refusal('담당하는 시스템이 없는 사람입니다.', '‘찾기’에서 시스템의 지금 담당자를 확인하십시오.')
    : null;
}

async function systemsOf(tx: Tx, contactId: string): Promise<string[]> {
  const systems = await tx.system.findMany({
    where: { contactId, retiredAt: null },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return systems.map(({ id }) => id);
}
