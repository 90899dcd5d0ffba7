import type { Finding } from '../../core/finding.ts';
import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { APPLY, REGISTER } from '../../filing/buttons.ts';
import { defineProcedure } from '../../filing/procedure.ts';
import { button } from '../../messenger/blocks.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, OPEN, RETURNED } from '../../records/filings/states.ts';
import { agencyWarning } from '../../records/people/agency-warning.ts';
import { read } from '../../store/ask.ts';
import { registrationConsent } from '../consent.ts';
import { publicAgencyGuidance } from '../public-agency.ts';
import { registrationForm, registrationFormWithProof } from './form.ts';
import { proofFinding } from './proof-finding.ts';

/**
 * 사용자 등록. After the approval the person may act for the agency. `byCertificate`: the form offers proof by
 * certificate.
 */
export const makeRegistration = ({ byCertificate }: { byCertificate: boolean }) =>
  defineProcedure<typeof registrationForm.fields>({
    name: 'registration',
    title: '사용자 등록',
    document: '사용자 등록 신청서',
    approvedLabel: '승인완료',
    reopenable: false,
    begunBy: REGISTER,
    together: true,
    form: byCertificate ? registrationFormWithProof : registrationForm,
    approvedText: '사용자 등록이 승인되었습니다. 이제 이용신청서를 작성할 수 있습니다.',
    approvedNext: button(APPLY, '이용신청서 작성', { style: 'primary' }),

    async begin(tx, applicant) {
      if (applicant.registeredAt) {
        throw new Refusal('이미 등록된 사용자입니다.', '홈에서 이용신청서를 작성하십시오.');
      }
      const open = await tx.filing.findFirst({
        where: {
          applicantId: applicant.id,
          procedure: PROCEDURE.registration,
          state: anyOf(OPEN),
        },
      });
      if (open) {
        throw new Refusal(
          `이미 제출한 사용자 등록 신청이 있습니다. (접수번호 ${open.number})`,
          open.state === RETURNED
            ? '홈의 목록에서 수정을 눌러 보완하십시오.'
            : '관리자의 승인을 기다리십시오.',
        );
      }
      return {};
    },

    /** The kind of the agency decides how to go on. A 공공기관 is told its way too. */
    async divert(tx, applicant, answers) {
      if (!answers.agency) return null;
      const agency = await tx.agency.findUnique({ where: { code: answers.agency } });
      if (agency?.kind !== 'PUBLIC') return null;
      // Stored for the guidance on the home. It never replaces the agency of a registered person.
      await tx.person.updateMany({
        where: { id: applicant.id, registeredAt: null },
        data: { agencyCode: agency.code },
      });
      return publicAgencyGuidance(agency.name);
    },

    async place(op, applicant, _subject, answers) {
      if (applicant.registeredAt) {
        throw new Refusal('이미 등록된 사용자입니다.', '홈에서 이용신청서를 작성하십시오.');
      }
      const agency = await op.tx.agency.findUnique({ where: { code: answers.agency } });
      if (!agency) throw new Refusal('소속기관을 찾을 수 없습니다.', '목록에서 기관을 다시 선택하십시오.');
      if (agency.kind === 'PUBLIC') {
        throw new Refusal(
          '공공기관은 온라인으로 등록할 수 없습니다.',
          publicAgencyGuidance(agency.name).lines.join('\n'),
        );
      }
      return {
        title: agency.name,
        agencyCode: agency.code,
        systemId: null,
        consents: [registrationConsent],
      };
    },

    async findings(tx, filing, answers) {
      const agency = await tx.agency.findUniqueOrThrow({ where: { code: answers.agency } });
      const sameEmail = await tx.person.count({
        where: { email: answers.email, registeredAt: { not: null }, id: { not: filing.applicantId } },
      });
      const warning = await read(tx, agencyWarning(answers.agency));
      const official = /@([^@]+\.)?korea\.kr$|\.go\.kr$/i.test(answers.email);
      const found: Finding[] = [
        warning
          ? { level: 'look', text: warning }
          : { level: 'ok', text: '행정기관이며 사용 중인 기관코드입니다.' },
        official
          ? { level: 'ok', text: '공직자 이메일 주소입니다.' }
          : { level: 'look', text: '공직자 이메일(korea.kr, go.kr)이 아닙니다. 소속을 확인하십시오.' },
        sameEmail > 0
          ? { level: 'look', text: '같은 이메일로 등록된 사용자가 있습니다.' }
          : { level: 'ok', text: '같은 이메일로 등록된 사용자가 없습니다.' },
      ];
      const proof = await proofFinding(tx, filing.applicantId, agency.name, answers);
      return proof ? [...found, proof] : found;
    },

    effect: (_tx, _filing, { name }) =>
      `사용자로 등록되어 소속기관의 시스템을 신청할 수 있게 됩니다. 등록되는 사람: ${maskName(name)} 님`,

    async approve(op, filing, answers) {
      const { agency: agencyCode, department, position = null, name, phone, mobile, email } = answers;
      await op.tx.person.update({
        where: { id: filing.applicantId },
        data: { agencyCode, department, position, name, phone, mobile, email, registeredAt: op.now },
      });
    },
  });

export const registration = makeRegistration({ byCertificate: false });
