import { SUPPORT_PHONE } from '../core/support-phone.ts';
import type { Guidance } from '../messenger/guidance.ts';

/** Followed by the name of a paper; sends that paper blank. */
export const BLANK_PAPER = 'paper.blank';
/** Opens the form whose answers are printed on the paper. */
export const FILL_PAPER = 'paper.fill';

/** What people of a 공공기관 read instead of the form: all ※ remarks of the guide. */
export function publicAgencyGuidance(agencyName: string): Guidance {
  return {
    title: '공공기관 신청 안내',
    lines: [
      `${agencyName}: 공공기관은 온라인으로 신청하지 않고, 신청서를 첨부한 공문으로 신청합니다. 순서는 다음과 같습니다.`,
      '1. 「행정전자서명 표준API 이용 신청서」를 작성합니다. 모든 항목이 필수이며, 시스템 구성도와 업무 프로세스를 붙입니다.',
      '2. 신청서를 첨부한 공문을 보냅니다. 수신처: 한국지역정보개발원 디지털인증부',
      '3. 관리자가 검토한 뒤 표준API 모듈과 임시라이선스를 신청자의 이메일로 보내 드립니다.',
      '4. 대상시스템에 적용하여 시험한 뒤, 적용결과를 이메일로 제출합니다. 적용결과표 서식은 모듈과 함께 이메일로 보내 드립니다.',
      '5. 적용결과가 정상이면 정상라이선스를 이메일로 보내 드립니다. 대상시스템에 적용하면 끝납니다.',
      `6. 서버 IP나 도메인이 바뀌면 ${SUPPORT_PHONE}으로 전화하여 정상라이선스를 다시 받습니다. 담당자나 이용정보가 바뀌거나 더 쓰지 않으면 공문이나 이메일로 알립니다.`,
      '※ 서버용 인증서가 없으면 신규 발급을 함께 신청하십시오. (www.gpki.go.kr > 자료실 > 인증서신청관련양식 > 6.서버용)',
      '▶ 신청서는 아래 단추로 받습니다(PDF, DOCX). ‘신청서 작성하여 받기’를 누르면 항목을 차례로 묻고, 채운 신청서를 보내 드립니다.',
      `※ 문의: 표준API 기술지원 ${SUPPORT_PHONE}`,
    ],
    buttons: [
      { action: FILL_PAPER, label: '신청서 작성하여 받기' },
      { action: `${BLANK_PAPER}.api`, label: '빈 신청서 받기' },
      { action: `${BLANK_PAPER}.scvp`, label: 'SCVP 신청서 받기' },
      { action: `${BLANK_PAPER}.report`, label: '적용결과표 서식 받기' },
    ],
  };
}
