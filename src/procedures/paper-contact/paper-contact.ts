import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Checked, defineProcedure } from '../../filing/procedure.ts';
import { choice, form, text } from '../../messenger/forms/form.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { keepConsents } from '../../records/people/consents.ts';
import { placeContact } from '../../records/people/paper-contact.ts';
import { namedSystems } from '../../records/systems/named-systems.ts';
import { getPaperSystem, lockSystems } from '../../records/systems/own-system.ts';
import type { Tx } from '../../store/store.ts';
import { contactFields } from '../application/contact-fields.ts';
import { consentField, privacyConsent } from '../consent.ts';
import { tellOfMove } from '../contact-change/notices.ts';
import { objectionByOthers, refuse } from '../contact-change/objections.ts';
import { placeOnSystems, transferSystems } from '../contact-change/transfer.ts';
import { contactOnPaper } from '../on-paper.ts';
import { receivedField } from '../received-field.ts';

const TITLE = '담당자 변경(공문)';
const { agency: _same, ...personFields } = contactFields;

const paperContactForm = form(
  {
    scope: choice({
      label: '바뀌는 범위',
      options: [
        { value: 'ONE', label: '이 시스템만' },
        { value: 'ALL', label: '이 담당자의 모든 시스템' },
      ],
    }),
    ...personFields,
    consent: consentField('새 담당자의 개인정보 수집 및 이용 동의', privacyConsent),
    reason: text({
      label: '변경 사유',
      words: true,
      lines: true,
      max: 500,
      optional: true,
      placeholder: '예: 인사이동(2027. 1. 1.)',
    }),
    received: receivedField,
  },
  [
    {
      title: '표준API 관리담당자(변경 후)',
      intro:
        '새 담당자의 정보를 받은 문서에 적힌 그대로 입력하십시오. 같은 담당자의 연락처만 바뀌었으면 ‘이용현황 변경서’를 접수하십시오.',
      fields: ['scope', ...Object.keys(personFields), 'consent', 'reason', 'received'],
    },
  ],
);

/**
 * 담당자 변경 of a 공공기관: it comes on paper, and neither the old nor the new contact has a messenger account. One officer
 * enters it, another approves it, and then the new contact gets the mails (guide 1.8).
 */
export const paperContact = defineProcedure<typeof paperContactForm.fields>({
  name: 'paperContact',
  title: TITLE,
  document: '담당자 변경신청서',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CONTACT',
  stepUp: true,
  paperOf: 'system',
  ofNewcomer: true,
  form: paperContactForm,
  approvedText:
    '담당자 변경이 승인되었습니다. 앞으로 이 시스템에 관한 안내는 새 담당자의 이메일로 보냅니다. 업무 자료는 새 담당자에게 인계하십시오.',
  paper: contactOnPaper(TITLE),

  async begin(tx, _officer, subject) {
    const system = await getPaperSystem(tx, subject, TITLE);
    refuse(await objectionByOthers(tx, [system.id], null));
    return {};
  },

  async place(op, contact, subject, { scope, name, email, mobile }, filing) {
    const { id } = await getPaperSystem(op.tx, filing ? `system:${filing.systemIds[0]}` : subject, TITLE);
    if (name === contact.name && (email === contact.email || mobile === contact.mobile)) throw samePerson();
    const ids = scope === 'ALL' ? [id, ...(await othersOf(op.tx, contact.id, id))] : [id];
    await lockSystems(op.tx, ids);
    refuse(await objectionByOthers(op.tx, ids, filing?.id ?? null));
    // The system of the letter comes first, because a correction may concern that one alone.
    return { ...(await placeOnSystems(op.tx, ids)), systemIds: ids };
  },

  async findings(tx, filing, { department, name }) {
    const from = await tx.person.findUniqueOrThrow({ where: { id: filing.applicantId } });
    const { total, names } = await namedSystems(tx, filing.systemIds);
    const more = total > names.length ? ` 외 ${total - names.length}개` : '';
    return [
      {
        level: 'ok',
        text: `변경 전 담당자: ${[from.department, from.name].filter(Boolean).join(' ')}`,
      },
      { level: 'ok', text: `변경 후 담당자: ${department} ${name}` },
      { level: 'ok', text: `대상시스템 ${total}개: ${names.join(', ')}${more}` },
      ...(filing.state === SUBMITTED && (await movedSince(tx, filing))
        ? [{ level: 'stop' as const, text: '그사이 담당자가 바뀌었거나 미사용 처리된 시스템이 있습니다.' }]
        : []),
    ];
  },

  effect: (_tx, { systemIds }, { name }, to) =>
    `시스템 ${systemIds.length}개의 담당자가 바뀝니다: ${to} → ${maskName(name)} 님. 앞으로 새 담당자의 이메일로 알립니다.`,

  async approve(op, filing, answers) {
    const { agencyCode, systemIds, applicantId: from } = filing;
    if (!agencyCode) throw new Error(`filing ${filing.number} has no agency`);
    const { department, name, phone, mobile, email } = answers;
    const { id: to } = await placeContact(
      op,
      { agency: agencyCode, department, name, phone, mobile, email },
      null,
    );
    if (to === from) throw samePerson(); // the contact was corrected meanwhile
    await keepConsents(op, to, [privacyConsent]);
    await op.tx.revision.updateMany({ where: { filingId: filing.id }, data: { dataSubjectId: to } });
    await transferSystems(op, { filing, systemIds, from, to });
    await tellOfMove(op, filing, to, 'byMail');
  },
});

const samePerson = () =>
  new Refusal(
    '지금 담당자와 같은 사람입니다.',
    '연락처만 바뀌었으면 ‘공문 접수 등록’에서 ‘이용현황 변경서’를 고르십시오.',
  );

async function othersOf(tx: Tx, contactId: string, id: string): Promise<string[]> {
  const systems = await tx.system.findMany({
    where: { contactId, retiredAt: null, id: { not: id } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return systems.map((system) => system.id);
}

/** Whether one of its systems got another contact meanwhile, or was retired. */
async function movedSince(tx: Tx, { systemIds, applicantId }: Checked): Promise<boolean> {
  const still = await tx.system.count({
    where: { id: { in: systemIds }, contactId: applicantId, retiredAt: null },
  });
  return still < systemIds.length;
}
