import { Refusal } from '../../core/refusal.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { form, search } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { OFFERED } from '../../records/filings/states.ts';
import { filingIdOf, type Subject, systemIdOf } from '../../records/filings/subject.ts';
import { requireRegistered } from '../../records/people/who.ts';
import type { System } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { atField, objectionToPerson, refuse, SEE_LIST } from '../contact-change/objections.ts';
import { placeOnSystems } from '../contact-change/transfer.ts';

const deputyForm = form(
  {
    deputy: search({
      label: '부담당자',
      hint: '같은 기관의 등록된 사용자만 지정할 수 있습니다. 이름이 같은 사람은 CN으로 구분하십시오.',
      source: 'colleague',
      placeholder: '예: 이정훈, 디지털안전정책과 이정훈',
    }),
  },
  [
    {
      title: '부담당자 지정',
      intro:
        '지정받은 사람이 수락하면 부담당자가 됩니다. 부담당자는 시스템을 보고 라이선스와 안내를 받으며, 담당자의 연락처는 가려서 보입니다. 신청과 적용결과표 제출은 담당자만 합니다.',
      fields: ['deputy'],
    },
  ],
);

const DECLINE = '이 요청은 거절하고, 필요하면 지금 담당자가 다시 지정하게 하십시오.';

/**
 * 부담당자 지정: the contact names a person of the same agency, who accepts. No officer decides it, because a deputy gets
 * no right outside the agency and submits nothing, and the contact, whom officers know, answers for the system.
 */
export const deputyAppointment = defineProcedure<typeof deputyForm.fields>({
  name: 'deputyAppointment',
  title: '부담당자 지정',
  document: '부담당자 지정',
  approvedLabel: '완료',
  reopenable: false,
  form: deputyForm,
  onSystem: {
    label: '부담당자 지정',
    about: '담당자가 없을 때에도 안내를 받을 사람을 정할 때',
    offered: (system, who) => system.contactId === who.id && !system.retiredAt && !system.deputyId,
  },
  offered: {
    asks: '수락하면 아래 시스템의 부담당자가 됩니다. 시스템을 보고 라이선스와 안내를 받을 수 있습니다. 언제든지 시스템의 상세에서 그만둘 수 있습니다.',
    settles: true,
  },
  approvedText: '부담당자가 수락하여 지정되었습니다.',

  async begin(tx, applicant, subject) {
    requireRegistered(applicant);
    const system = await systemOf(tx, subject, null);
    refuse(await objectionToAppointment(tx, system, applicant.id, null));
    return {};
  },

  async verify({ db }, { who, subject }, { deputy }) {
    const corrected = filingIdOf(subject);
    const filing = corrected === null ? null : await db.filing.findUnique({ where: { id: corrected } });
    const system = await systemOf(db, subject, filing);
    const objection = deputy && (await objectionToDeputy(db, deputy, who.id, system));
    const wrong: Record<string, string> = objection ? { deputy: atField(objection) } : {};
    return wrong;
  },

  async place(op, applicant, subject, { deputy }, filing) {
    requireRegistered(applicant);
    const system = await systemOf(op.tx, subject, filing);
    refuse(await objectionToAppointment(op.tx, system, applicant.id, filing?.id ?? null));
    refuse(await objectionToDeputy(op.tx, deputy, applicant.id, system));
    return { ...(await placeOnSystems(op.tx, [system.id])), namedId: deputy };
  },

  async findings() {
    return []; // nobody reviews it
  },

  async approve(op, filing, { deputy }) {
    const [systemId = ''] = filing.systemIds;
    const system = await op.tx.system.findUniqueOrThrow({ where: { id: systemId } });
    const objection = await objectionToDeputy(op.tx, deputy, filing.applicantId, system);
    if (objection) throw new Refusal(objection.message, DECLINE); // whoever accepts reads it
    const { count } = await op.tx.system.updateMany({
      where: { id: systemId, contactId: filing.applicantId, deputyId: null, retiredAt: null },
      data: { deputyId: deputy },
    });
    if (count !== 1) throw new Refusal('그사이 담당자나 부담당자가 바뀐 시스템입니다.', DECLINE);
    const data = { filing: filing.number, contact: filing.applicantId };
    op.audit({ action: 'deputy.begin', subject: `system:${systemId}`, person: deputy, data });
  },
});

async function systemOf(
  tx: Tx,
  subject: Subject,
  filing: { systemIds: readonly string[] } | null,
): Promise<System> {
  const id = filing?.systemIds[0] ?? systemIdOf(subject);
  const system = await tx.system.findUnique({ where: { id } });
  if (!system) throw new Refusal('시스템의 상세에서 부담당자를 지정하십시오.');
  return system;
}

async function objectionToAppointment(
  tx: Tx,
  system: System,
  contactId: string,
  filingId: string | null,
): Promise<Refusal | null> {
  if (system.contactId !== contactId)
    return new Refusal('담당자만 부담당자를 지정할 수 있습니다.', '지금 담당자에게 요청하십시오.');
  if (system.retiredAt) return new Refusal('미사용으로 처리된 시스템입니다.', SEE_LIST);
  if (system.deputyId)
    return new Refusal('이미 부담당자가 있습니다.', '바꾸려면 시스템의 상세에서 먼저 해제하십시오.');
  const open = await tx.filing.findFirst({
    where: {
      id: { not: filingId ?? '' },
      procedure: PROCEDURE.deputyAppointment,
      state: OFFERED,
      systemIds: { has: system.id },
    },
  });
  return (
    open &&
    new Refusal(
      `이미 부담당자 지정을 요청했습니다. (접수번호 ${open.number})`,
      '답을 기다리거나 홈에서 삭제하십시오.',
    )
  );
}

async function objectionToDeputy(
  tx: Tx,
  deputyId: string,
  contactId: string,
  system: System,
): Promise<Refusal | null> {
  const objection = await objectionToPerson(tx, deputyId, contactId);
  if (objection) return objection;
  const { agencyCode } = await tx.person.findUniqueOrThrow({ where: { id: deputyId } });
  return agencyCode === system.agencyCode
    ? null
    : new Refusal('시스템과 같은 기관의 사람만 지정할 수 있습니다.', '같은 기관의 사람을 고르십시오.');
}
