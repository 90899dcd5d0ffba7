/** Where every 공문 goes (guide, ① 표준API 이용신청). */
export const LETTER_TO = '한국지역정보개발원 디지털인증부';

/** The home says this, and the first step of the form: the letter comes before the form. */
export const LETTER_FIRST = `이용신청은 공문이 먼저입니다. 공문을 보낸 뒤 신청서를 작성하십시오. 공문 수신처: ${LETTER_TO}`;
