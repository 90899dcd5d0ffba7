import type { ModalView } from '@slack/types';
import { koreanDate, koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { context, lines, longText, modal, section } from '../../messenger/blocks.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import type { Challenge } from '../../store/client/client.ts';
import { publicAgencyGuidance } from '../public-agency.ts';
import { CHALLENGE_FILE, VALID_MINUTES } from './challenge.ts';
import type { ProofResult } from './prove.ts';

export const PROVE = 'certificate.prove';
export const SIGNATURE = 'signature';
export const PASTED = 'pasted';

interface ChallengeViewOptions {
  /** In local mode the signer's name, for the command that is shown. */
  localName: string | null;
  /** A refusal that came after the window was acknowledged. */
  problem?: string;
}

/** What to sign, how, and where to put the signature. */
export function challengeView(challenge: Challenge, { localName, problem }: ChallengeViewOptions): ModalView {
  return modal({
    callbackId: PROVE,
    title: '인증서로 본인확인',
    submit: '확인',
    metadata: { challenge: challenge.id },
    blocks: [
      section(
        `1. 아래 문구가 든 파일(${CHALLENGE_FILE})을 이 앱의 ‘메시지’로 보냈습니다. 내용을 바꾸지 말고 본인의 행정전자서명(GPKI) 개인용 인증서로 서명하십시오.`,
      ),
      longText(challenge.text),
      section(
        '2. 서명하여 만든 CMS(PKCS#7 SignedData) 파일을 인증서를 포함하여 올리십시오. DER과 PEM 모두 됩니다.',
      ),
      ...(problem ? [context(`✖ ${problem}`)] : []),
      inputBlock(
        SIGNATURE,
        '서명 파일',
        { type: 'file_input', max_files: 1 },
        { optional: true, hint: '개인키(.key) 파일이나 비밀번호는 절대 올리지 마십시오.' },
      ),
      inputBlock(
        PASTED,
        '서명값 붙여넣기',
        { type: 'plain_text_input', multiline: true, max_length: 3000 },
        { optional: true, hint: '파일을 올릴 수 없으면 base64로 된 서명값을 붙여 넣으십시오.' },
      ),
      ...(localName
        ? [
            section('연습 환경: 받은 파일을 내려받아 아래 명령으로 시험용 인증서로 서명할 수 있습니다.'),
            longText(`npx bogeup sign-challenge --person ${localName} ${CHALLENGE_FILE}`),
          ]
        : []),
      context(
        `유효시간: ${koreanDateTime(challenge.expiresAt)}까지 (${VALID_MINUTES}분). 한 번만 쓸 수 있습니다.`,
      ),
    ],
  });
}

/** The result of a proof. */
export function provenView(result: Extract<ProofResult, { ok: true }>, agencyName: string | null): ModalView {
  if (result.outcome === 'letter') {
    const { title, lines: paragraphs } = publicAgencyGuidance(agencyName ?? '공공기관');
    return noteView(title, ['공공기관 개인용 인증서로 본인확인을 마쳤습니다.', ...paragraphs]);
  }
  const outcome = {
    registered: '본인확인을 마쳐 사용자 등록이 승인되었습니다. 이제 이용신청서를 작성할 수 있습니다.',
    kept: '인증서를 등록했습니다. 먼저 등록한 인증서가 있으면 이 인증서로 바뀝니다.',
    waiting:
      '본인확인을 마쳤습니다. 인증서의 소속이 신청한 기관과 같은지 확인할 수 없어 관리자가 검토한 뒤 승인합니다.',
  }[result.outcome];
  const { cn, notAfter } = result.person;
  return modal({
    callbackId: 'certificate.proven',
    title: '본인확인 완료',
    blocks: [
      section(outcome),
      lines([
        { label: '인증서 CN', text: cn },
        { label: '유효기간', text: `${koreanDate(seoulDay(notAfter))}까지` },
      ]),
    ],
  });
}
