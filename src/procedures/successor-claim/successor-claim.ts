import { maskName, maskPhone } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { filingIdOf, systemIdOf } from '../../records/filings/subject.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { moveFindings } from '../contact-change/findings.ts';
import { tellOfMove } from '../contact-change/notices.ts';
import { atField, objectionByOthers, refuse } from '../contact-change/objections.ts';
import { placeOnSystems, transferSystems } from '../contact-change/transfer.ts';
import { moves } from '../effects.ts';
import { successorClaimForm } from './form.ts';
import { tellOfClaim } from './notices.ts';
import { objectionFindings } from './objection.ts';

/**
 * 담당자 부재 변경: the successor asks for systems whose contact has gone, with evidence (guide 1.8, through ‘변경’ in an
 * 이용현황조사). The present contact is told of the claim and may object, and is told of its approval.
 */
export const successorClaim = defineProcedure<typeof successorClaimForm.fields>({
  name: 'successorClaim',
  title: '담당자 부재 변경',
  document: '담당자 부재 변경신청',
  approvedLabel: '승인완료',
  reopenable: false,
  answersSurveyAs: 'CONTACT',
  stepUp: true,
  form: successorClaimForm,
  // Begun from elsewhere (‘변경’ in an 이용현황조사): the claimant does not see the system's details.
  onSystem: { label: '담당자 부재 변경', offered: () => false },
  onHome: {
    label: '담당자 부재 변경',
    for: 'official',
    about: '전임자가 없을 때, 증빙을 붙여 담당자를 바꿔 달라고 신청합니다.',
  },
  approvedText: '담당자 변경이 승인되었습니다. 홈의 목록에서 시스템을 볼 수 있습니다.',

  async begin(tx, applicant, subject) {
    const { department, phone, mobile, email } = requireRegistered(applicant);
    const own = { department, phone, mobile, email };
    const systemId = systemIdOf(subject);
    if (!systemId) return own;
    const systems = [systemId];
    refuse(await objectionToClaim(tx, applicant, systems, null));
    return { ...own, systems };
  },

  async verify({ db }, { who, subject }, { systems }) {
    const objection = systems && (await objectionToClaim(db, who, systems, filingIdOf(subject)));
    const wrong: Record<string, string> = objection ? { systems: atField(objection) } : {};
    return wrong;
  },

  async noteFor(tx, who, { systems }, step) {
    if (step === 0 || !systems || (await objectionToClaim(tx, who, systems, null))) return null;
    return formerContacts(tx, systems);
  },

  async place(op, applicant, _subject, { systems }, filing) {
    requireRegistered(applicant);
    await lockSystems(op.tx, systems);
    refuse(await objectionToClaim(op.tx, applicant, systems, filing?.id ?? null));
    const told = filing?.systemIds ?? [];
    await tellOfClaim(
      op,
      systems.filter((id) => !told.includes(id)),
      applicant.id,
    );
    return placeOnSystems(op.tx, systems);
  },

  async findings(tx, { id, systemIds, applicantId }) {
    const contacts = await otherContacts(tx, systemIds, applicantId);
    if (contacts.length === 0) return [{ level: 'ok', text: '신청한 사람이 담당자로 바뀌었습니다.' }];
    const objections = await objectionFindings(tx, id);
    const from = contacts.map((one) => one.id);
    const present = contacts.some(({ deactivatedAt, slackId }) => deactivatedAt === null && slackId !== null);
    return [
      ...objections,
      ...(await moveFindings(tx, systemIds, from, applicantId)),
      present
        ? {
            level: 'look',
            text: `지금 담당자의 메신저 계정이 살아 있습니다. ${
              objections.length > 0 ? '위의 이의를 확인하십시오.' : '이 신청을 알렸고, 아직 이의가 없습니다.'
            }`,
          }
        : { level: 'ok', text: '지금 담당자에게 메신저로 알릴 수 없습니다. 전임자가 부재합니다.' },
    ];
  },

  async effect(tx, { systemIds, applicantId }) {
    const contacts = await otherContacts(tx, systemIds, applicantId);
    return moves(
      tx,
      systemIds.length,
      contacts.map(({ id }) => id),
      applicantId,
    );
  },

  async approve(op, filing, { department, phone, mobile, email }) {
    const { applicantId: to } = filing;
    for (const { id: from, systemIds } of await otherContacts(op.tx, filing.systemIds, to)) {
      await transferSystems(op, { filing, systemIds, from, to });
      await tellOfMove(op, filing, from, 'predecessor', systemIds);
    }
    await op.tx.person.update({ where: { id: to }, data: { department, phone, mobile, email } });
  },
});

/** The present contacts of these systems, except the claimant, each with their systems. */
async function otherContacts(tx: Tx, systemIds: readonly string[], claimantId: string) {
  const systems = await tx.system.findMany({
    where: { id: { in: [...systemIds] }, contactId: { not: claimantId } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: { contact: true },
  });
  const contacts = new Map(systems.map(({ contact }) => [contact.id, contact]));
  return [...contacts.values()].map((contact) => ({
    ...contact,
    systemIds: systems.filter(({ contactId }) => contactId === contact.id).map(({ id }) => id),
  }));
}

/** Why this person cannot ask for these systems; null when they can. */
async function objectionToClaim(
  tx: Tx,
  who: Known,
  systemIds: readonly string[],
  filingId: string | null,
): Promise<Refusal | null> {
  const systems = await tx.system.findMany({ where: { id: { in: [...systemIds] } } });
  if (systems.length < new Set(systemIds).size || systems.some((one) => one.agencyCode !== who.agencyCode))
    return new Refusal(
      '소속기관의 시스템만 넘겨받을 수 있습니다.',
      '소속이 바뀌었으면 관리자에게 문의하십시오.',
    );
  const retired = systems.find(({ retiredAt }) => retiredAt);
  if (retired)
    return new Refusal(
      `미사용으로 처리된 시스템입니다: ${retired.name}`,
      '사용 중인 시스템만 넘겨받을 수 있습니다. 시스템명을 확인하십시오.',
    );
  const own = systems.find(({ contactId }) => contactId === who.id);
  if (own) return new Refusal(`이미 담당하는 시스템입니다: ${own.name}`, '홈의 목록에서 확인하십시오.');
  return objectionByOthers(tx, systemIds, filingId);
}

/** 전임자(변경 전) 정보: enough to see whether these are the right systems. */
async function formerContacts(tx: Tx, systemIds: readonly string[]): Promise<string> {
  const systems = await tx.system.findMany({
    where: { id: { in: [...systemIds] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: { contact: { include: { agency: true } } },
  });
  const rows = systems.map(({ name, contact }) => {
    const parts = [
      contact.agency?.name,
      contact.name && maskName(contact.name),
      contact.mobile && maskPhone(contact.mobile),
    ];
    const details = parts.filter(Boolean).join(' · ') || '(등록 정보 없음)';
    return systems.length > 1 ? `${name}: ${details}` : details;
  });
  return `담당자(변경 전): ${rows.length > 1 ? `\n${rows.join('\n')}` : rows.join('')}`;
}
