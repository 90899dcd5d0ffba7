import { koreanDate, seoulDay } from '../../core/calendar.ts';
import type { Finding } from '../../core/finding.ts';
import { maskCn } from '../../core/mask.ts';
import { namesAgency } from '../../records/pki/rules.ts';
import type { Tx } from '../../store/store.ts';

/** What an officer reads about the applicant's proof by certificate; null when there is none and none was chosen. */
export async function proofFinding(
  tx: Tx,
  applicantId: string,
  agencyName: string,
  answers: object,
): Promise<Finding | null> {
  const chosen = 'proof' in answers && answers.proof === 'CERTIFICATE';
  const certificate = await tx.certificate.findFirst({
    where: { personId: applicantId, purpose: 'PERSON', endedAt: null },
  });
  if (!certificate) {
    return chosen
      ? { level: 'look', text: '인증서로 본인확인을 하겠다고 했으나 아직 서명하지 않았습니다.' }
      : null;
  }
  const proven = `${maskCn(certificate.cn)}, ${koreanDate(seoulDay(certificate.notAfter))}까지`;
  const ous = Array.from(certificate.subject.matchAll(/(?:^|,)ou=([^,]*)/g), ([, ou = '']) => ou);
  return namesAgency(ous, agencyName)
    ? { level: 'ok', text: `인증서로 본인확인을 마쳤습니다. (${proven})` }
    : {
        level: 'look',
        text: `인증서로 이름은 확인했으나 인증서의 소속(${ous.join(', ')})이 신청한 기관과 다릅니다. (${proven})`,
      };
}
