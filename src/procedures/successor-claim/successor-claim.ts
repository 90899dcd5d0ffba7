import { maskName, maskPhone } from '../../core/mask.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { filingIdOf, systemIdOf } from '../../records/filings/subject.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { moveFindings } from '../contact-change/findings.ts';
import { tellOfClaim, tellOfMove } from '../contact-change/notices.ts';
import { objectionByOthers, refuse } from '../contact-change/objections.ts';
import { placeOnSystems, transferSystems } from '../contact-change/transfer.ts';
import { moves } from '../effects.ts';
import { successorClaimForm } from './form.ts';

/**
 * 담당자 부재 변경: the successor asks for a system whose contact has gone, with evidence (guide 1.8, by way of
 * 이용현황조사의 ‘변경’). Whoever is still its contact is told when it is asked for and when it is approved.
 */
export const successorClaim = defineProcedure<typeof successorClaimForm.fields>({
  name: 'successorClaim',
  title: '담당자 부재 변경',
  document: '담당자 부재 변경신청',
  approvedLabel: '승인완료',
  reopenable: false,
  stepUp: true,
  form: successorClaimForm,
  // Begun on a system from elsewhere (이용현황조사의 ‘변경’): whoever asks does not see its details.
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
    const system = systemIdOf(subject);
    if (!system) return own;
    refuse(await objectionToClaim(tx, applicant, system, null));
    return { ...own, system };
  },

  async verify({ db }, { who, subject }, { system }) {
    const objection = system && (await objectionToClaim(db, who, system, filingIdOf(subject)));
    const wrong: Record<string, string> = objection ? { system: objection } : {};
    return wrong;
  },

  async noteFor(tx, who, { system }, step) {
    if (step === 0 || !system || (await objectionToClaim(tx, who, system, null))) return null;
    return formerContact(tx, system);
  },

  async place(op, applicant, _subject, { system: id }, filing) {
    requireRegistered(applicant);
    await lockSystems(op.tx, [id]);
    refuse(await objectionToClaim(op.tx, applicant, id, filing?.id ?? null));
    if (!filing) await tellOfClaim(op, id, applicant.id);
    return placeOnSystems(op.tx, [id]);
  },

  async findings(tx, filing, { system: id }) {
    const system = await tx.system.findUnique({ where: { id }, include: { contact: true } });
    if (!system) return [{ level: 'stop', text: '대상시스템을 찾을 수 없습니다.' }];
    if (system.contactId === filing.applicantId)
      return [{ level: 'ok', text: '신청한 사람이 담당자로 바뀌었습니다.' }];
    const gone = system.contact.deactivatedAt !== null || system.contact.slackId === null;
    return [
      ...(await moveFindings(tx, filing.systemIds, system.contactId, filing.applicantId)),
      gone
        ? { level: 'ok', text: '지금 담당자에게 메신저로 알릴 수 없습니다. 전임자가 부재합니다.' }
        : {
            level: 'look',
            text: '지금 담당자의 메신저 계정이 살아 있습니다. 이 신청을 알렸으니 이의가 없는지 확인하십시오.',
          },
    ];
  },

  async effect(tx, { applicantId }, { system: id }) {
    const system = await tx.system.findUnique({ where: { id } });
    return moves(tx, 1, system?.contactId ?? '', applicantId);
  },

  async approve(op, filing, { system: id, department, phone, mobile, email }) {
    const { contactId: from } = await op.tx.system.findUniqueOrThrow({ where: { id } });
    const { systemIds, applicantId: to } = filing;
    await transferSystems(op, { filing, systemIds, from, to });
    await op.tx.person.update({ where: { id: to }, data: { department, phone, mobile, email } });
    await tellOfMove(op, filing, from, 'predecessor');
  },
});

/** Why this person cannot ask for this system; null when they can. */
async function objectionToClaim(
  tx: Tx,
  who: Known,
  systemId: string,
  filingId: string | null,
): Promise<string | null> {
  const system = await tx.system.findUnique({ where: { id: systemId } });
  if (!system || system.agencyCode !== who.agencyCode)
    return '소속기관의 시스템만 넘겨받을 수 있습니다. 소속이 바뀌었으면 관리자에게 문의하십시오.';
  if (system.retiredAt) return '미사용으로 처리된 시스템입니다.';
  if (system.contactId === who.id) return '이미 담당하는 시스템입니다.';
  return objectionByOthers(tx, [systemId], filingId);
}

/** 전임자(변경 전) 정보: enough to know whether it is the right one. */
async function formerContact(tx: Tx, systemId: string): Promise<string> {
  const { contact } = await tx.system.findUniqueOrThrow({
    where: { id: systemId },
    include: { contact: { include: { agency: true } } },
  });
  const parts = [
    contact.agency?.name,
    contact.name && maskName(contact.name),
    contact.mobile && maskPhone(contact.mobile),
  ];
  return `담당자(변경 전): ${parts.filter(Boolean).join(' · ') || '(등록 정보 없음)'}`;
}
