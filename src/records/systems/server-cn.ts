/**
 * CN of a server certificate: `SVR`, agency code (7), serial (3): `SVR1741000001`. Source: eGovFrame 인증서 안내, checked
 * against certificates in use. That page's own example `SVR131000001` lacks a character, and so do many that
 * officials copy from it.
 */

/** The agency's branch of the directory: the `o=` of its certificates. */
type Organisation = 'Government of Korea' | 'Public of Korea';

interface ServerCn {
  cn: string;
  agencyCode: string;
  serial: string;
  organisation: Organisation;
}

type ServerCnResult = ({ ok: true } & ServerCn) | { ok: false; message: string };

const EXAMPLE = '예: SVR1741000001';
const CODE_LENGTH = 7;
const SERIAL_LENGTH = 3;

function refuse(message: string): ServerCnResult {
  return { ok: false, message: `${message} ${EXAMPLE}` };
}

/** The code of a 공공기관 starts with a letter, and its certificates say `Public`. */
function organisationOf(agencyCode: string): Organisation {
  return /^[A-Z]/.test(agencyCode) ? 'Public of Korea' : 'Government of Korea';
}

/** `body`: the text after SVR, which does not have ten characters. */
function refuseLength(body: string, isKnownAgency: (code: string) => boolean): ServerCnResult {
  const rule = `SVR 뒤에는 기관코드 ${CODE_LENGTH}자리와 일련번호 ${SERIAL_LENGTH}자리가 와야 합니다.`;
  if (body.length > CODE_LENGTH + SERIAL_LENGTH) {
    const extra = body.length - CODE_LENGTH - SERIAL_LENGTH;
    return refuse(`${rule} 입력한 값은 ${extra}자리 깁니다.`);
  }
  if (body.length < CODE_LENGTH) {
    return refuse(`${rule} 기관코드가 ${CODE_LENGTH - body.length}자리 모자라고 일련번호가 없습니다.`);
  }
  const code = body.slice(0, CODE_LENGTH);
  const rest = body.slice(CODE_LENGTH);
  if (rest === '') return refuse(`${rule} 일련번호 3자리가 빠졌습니다.`);
  // Eight or nine characters can be split in two ways. A code that exists decides; otherwise the last three are taken
  // for the serial, as in the example that officials copy.
  if (isKnownAgency(code)) {
    return refuse(
      `${rule} 기관코드 ${code} 뒤의 일련번호(${rest})가 ${SERIAL_LENGTH - rest.length}자리 모자랍니다.`,
    );
  }
  const shortCode = body.slice(0, -SERIAL_LENGTH);
  const missing = CODE_LENGTH - shortCode.length;
  return refuse(
    `${rule} 끝 3자리(${body.slice(-SERIAL_LENGTH)})를 일련번호로 보면 기관코드(${shortCode})가 ${missing}자리 모자랍니다.`,
  );
}

/**
 * Reads a server CN. Lower case and full-width letters are converted; nothing else is corrected. `isKnownAgency` only
 * makes the refusal of a short CN more precise.
 */
export function parseServerCn(
  text: string,
  isKnownAgency: (code: string) => boolean = () => false,
): ServerCnResult {
  const cn = text.normalize('NFKC').trim().toUpperCase();
  if (cn === '') return refuse('서버용 인증서의 CN을 입력해 주십시오.');
  if (/_(SIG|ENV)(\.(CER|KEY))?$|\.(CER|KEY|DER|PEM)$/.test(cn)) {
    return refuse('파일 이름이 아니라 CN만 입력해 주십시오. _sig.cer, _env.cer 앞부분이 CN입니다.');
  }
  if (/[=,]/.test(cn)) return refuse('인증서 DN 전체가 아니라 CN만 한 개 입력해 주십시오.');
  if (!cn.startsWith('SVR')) {
    return refuse(`서버용 인증서의 CN은 SVR로 시작합니다. 입력한 값은 ‘${cn.slice(0, 3)}’로 시작합니다.`);
  }
  const body = cn.slice(3);
  const wrong = /[^0-9A-Z]/u.exec(body)?.[0];
  if (wrong !== undefined) {
    const what = /\s/.test(wrong) ? '빈칸을' : `‘${wrong}’ 글자를`;
    return refuse(`CN에는 영문 대문자와 숫자만 쓸 수 있습니다. ${what} 빼 주십시오.`);
  }
  if (body.length !== CODE_LENGTH + SERIAL_LENGTH) return refuseLength(body, isKnownAgency);
  const agencyCode = body.slice(0, CODE_LENGTH);
  const serial = body.slice(CODE_LENGTH);
  if (!/^\d{3}$/.test(serial)) {
    return refuse(`일련번호는 숫자 3자리입니다. 끝 3자리(${serial})를 확인해 주십시오.`);
  }
  return { ok: true, cn, agencyCode, serial, organisation: organisationOf(agencyCode) };
}

/** Null when the `o=` of the certificate matches its agency code; else a Korean sentence. */
export function organisationProblem(agencyCode: string, organisation: string): string | null {
  const expected = organisationOf(agencyCode);
  if (organisation.trim() === expected) return null;
  return `기관코드 ${agencyCode}의 서버용 인증서는 o=${expected}여야 하는데 o=${organisation.trim()}입니다. 인증서를 다시 확인해 주십시오.`;
}
