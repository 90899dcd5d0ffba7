import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { isPaper } from '../../filing/drafts.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED, anyOf, LIVING } from '../../records/filings/states.ts';
import { getContact } from '../../records/people/paper-contact.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { getOwnSystem } from '../../records/systems/own-system.ts';
import { read } from '../../store/ask.ts';
import type { Tx } from '../../store/store.ts';
import { describeSystem } from '../application/profile.ts';
import { privacyConsent } from '../consent.ts';
import { beginOnSystem, contactOnPaper } from '../on-paper.ts';
import { hasOpen, refuseSecond } from '../one-open.ts';
import { holdLetter, letterFacts, letterKeyOf, objectionsToLetter } from '../same-letter.ts';
import { scvpFindings } from './checks.ts';
import { scvpForm } from './form.ts';

const NAME = 'scvpApplication';

/**
 * No source says where the order is set, so the text names no key. The ports are those of the library's own error
 * codes (1216, 2100), which older tools document.
 */
const WHAT_TO_SET = [
  '통합검증(SCVP) 이용신청이 승인되었습니다. 다음과 같이 설정하십시오.',
  '1. 표준API의 검증방식 순위를 CRL|IVS|OCSP로 설정합니다. (IVS는 통합검증 SCVP의 옛 이름입니다.) 설정하는 곳은 받으신 표준API 모듈의 설치 안내서에서 확인하십시오.',
  '2. 서버에서 검증서버로 나가는 방화벽을 확인합니다. 알려진 포트는 LDAP(CRL) 389, OCSP 8000, IVS 8080입니다. 접속할 주소는 기술지원에 확인하십시오.',
  '3. 서비스를 다시 시작한 뒤 외부 인증서로 로그인하여 시험합니다. 오류 1216, 2100이 나면 방화벽부터 확인하십시오.',
  `※ 문의: 표준API 기술지원 ${SUPPORT_PHONE}`,
].join('\n');

/** 통합검증(SCVP) 이용신청. Its approval marks the system and tells the contact the order CRL|IVS|OCSP. */
export const scvpApplication = defineProcedure<typeof scvpForm.fields>({
  name: NAME,
  title: '통합검증(SCVP) 이용신청',
  document: '통합검증(SCVP) 이용신청서',
  approvedLabel: '승인완료',
  reopenable: false,
  form: scvpForm,
  paperOf: 'system',
  paper: contactOnPaper('통합검증(SCVP) 이용신청'),
  approvedText: WHAT_TO_SET,
  onSystem: {
    label: '통합검증(SCVP) 신청',
    about: '외부 인증서(NPKI)로만 로그인하는 시스템에서 통합검증을 쓸 때',
    offered: ({ contactId, retiredAt, scvp, filings }, who) =>
      contactId === who.id && !retiredAt && !scvp && !hasOpen(filings, NAME),
  },

  async begin(tx, applicant, subject, now) {
    const paper = isPaper(subject, null);
    const system = await beginOnSystem(tx, applicant, subject, '통합검증(SCVP) 이용신청');
    // What officers know about the contact, or what the official registered.
    const { agencyCode, department, name, phone, mobile, email } = paper
      ? await getContact(tx, system.contactId)
      : requireRegistered(applicant);
    await refuseTwice(tx, system.id);
    const known = await describeSystem(tx, system.id);
    const { serviceOn } = system;
    return {
      ...given({ agency: agencyCode, department, name, phone, mobile, email }),
      systemName: system.name,
      ...(known ? { task: known.task } : {}),
      ...(system.serverCn ? { serverCn: system.serverCn } : {}),
      ...(serviceOn && serviceOn >= seoulDay(now) ? { serviceDate: serviceOn } : {}),
    };
  },

  verify: ({ db }, { subject }, answers, everything) =>
    objectionsToLetter(db, NAME, subject, answers, everything),

  async place(op, applicant, subject, answers, filing) {
    const paper = isPaper(subject, filing);
    const { agencyCode } = paper ? applicant : requireRegistered(applicant);
    const ofSystem = filing ? `system:${filing.systemId}` : subject;
    const system = await getOwnSystem(op.tx, applicant.id, ofSystem, '통합검증(SCVP) 이용신청');
    await refuseTwice(op.tx, system.id, filing?.id);
    if (answers.agency !== agencyCode) {
      throw new Refusal(
        '등록된 소속기관과 다릅니다.',
        '‘신청자’ 단계에서 등록된 소속기관을 선택하십시오. 소속이 바뀌었으면 관리자에게 문의하십시오.',
      );
    }
    if (paper)
      await holdLetter(op.tx, answers.agency, answers, { procedure: NAME, system: system.name, filing });
    return {
      title: system.name,
      agencyCode: answers.agency,
      systemId: system.id,
      letterKey: letterKeyOf(answers.agency, answers),
      consents: [privacyConsent],
    };
  },

  async findings(tx, filing, answers) {
    const systemId = systemOf(filing);
    const [system, application, letter] = await Promise.all([
      tx.system.findUniqueOrThrow({ where: { id: systemId } }),
      tx.filing.findFirst({
        where: { systemId, procedure: PROCEDURE.application, state: anyOf(LIVING) },
        orderBy: { submittedAt: 'desc' },
        include: { revisions: { orderBy: { number: 'desc' }, take: 1 } },
      }),
      read(tx, letterFacts(filing, answers)),
    ]);
    const applied = application?.revisions[0]?.answers as { scvp?: string[] } | undefined;
    return scvpFindings(answers, {
      agencyCode: answers.agency,
      systemCn: system.serverCn,
      wasIps: system.serverIps,
      application: application && {
        approved: application.state === APPROVED,
        ticked: (applied?.scvp ?? []).length > 0,
      },
      ...letter,
    });
  },

  effect: (_tx, _filing, _answers, to) =>
    `통합검증(SCVP)을 쓰는 시스템이 되고, 설정하는 방법을 보냅니다. 받는 사람: ${to}`,

  async approve(op, filing) {
    const id = systemOf(filing);
    await op.tx.system.update({ where: { id }, data: { scvp: true } });
    op.audit({ action: 'system.scvp', subject: `system:${id}`, data: { filing: filing.number } });
  },
});

/** Only the values that are known. */
function given<T extends Record<string, string | null>>(known: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value)) as {
    [K in keyof T]?: string;
  };
}

function systemOf(filing: { id: string; systemId: string | null }): string {
  if (!filing.systemId) throw new Error(`filing ${filing.id} has no system`);
  return filing.systemId;
}

/** @throws Refusal when the system has SCVP already, or an application for it is open */
async function refuseTwice(tx: Tx, systemId: string, filingId?: string): Promise<void> {
  const system = await tx.system.findUniqueOrThrow({ where: { id: systemId } });
  if (system.scvp) {
    throw new Refusal(
      '통합검증(SCVP)을 이미 쓰고 있는 시스템입니다.',
      `검증방식 순위는 CRL|IVS|OCSP로 설정합니다. 안 되면 ${SUPPORT_PHONE}에 문의하십시오.`,
    );
  }
  await refuseSecond(tx, { procedure: NAME, what: '통합검증(SCVP) 이용신청이' }, systemId, filingId);
}
