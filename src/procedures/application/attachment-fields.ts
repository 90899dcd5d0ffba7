import { rule } from '../../core/rule.ts';
import { checkLetterDate, parseLetterNumber } from '../../filing/official-letter.ts';
import { choices, date, type Fields, file, text } from '../../messenger/forms/form.ts';
import { agencyKind } from '../../records/people/agencies.ts';

const kinds = ['hwp', 'doc', 'gif', 'jpg', 'pdf'] as const;

/** The files that an official chooses in one box; on paper each has its own. */
export const attachmentBox = {
  label: '첨부파일',
  hint: '공문(부서장 직인이 찍힌 것), 구성도(서버의 물리적인 구성도), 업무 프로세스(업무 흐름도)를 함께 고르십시오. 무엇인지는 파일 이름으로 나눕니다.',
  fields: ['letter', 'diagram', 'process'],
};

/** 첨부파일 and 서비스예정일 (guide 1.3.2, 2-5 and 2-6). */
export const attachmentFields = {
  letterNumber: text({
    label: '공문 문서번호',
    hint: '결재가 끝난 공문의 문서번호입니다. 예: 디지털안전정책과-1234',
    schema: rule((typed) => {
      const ofDepartment = parseLetterNumber(typed, 'ADMINISTRATIVE');
      const letter = ofDepartment.ok ? ofDepartment : parseLetterNumber(typed, 'PUBLIC');
      return letter.ok ? { ok: true, value: letter.number } : letter;
    }),
    // A 공공기관 numbers its letters as it likes, and they come on paper only.
    check: (value, { channel, answers }) => {
      if (channel === 'PAPER' && agencyKind(String(answers.agency)) === 'PUBLIC') return null;
      const letter = parseLetterNumber(value, 'ADMINISTRATIVE');
      return letter.ok ? null : letter.message;
    },
  }),
  letterDate: date({
    label: '공문 시행일',
    check: (value, { today }) => {
      const checked = checkLetterDate(value, today);
      return checked.ok ? null : checked.message;
    },
  }),
  letterShared: choices({
    label: '여러 시스템의 공문',
    options: [{ value: 'YES', label: '이 공문에 시스템이 여럿이고, 다른 시스템을 먼저 입력했습니다.' }],
    optional: true,
    onPaper: 'only',
    added: true,
  }),
  letter: file({
    label: '공문',
    hint: '해당기관의 부서장 직인이 찍힌 공문',
    kinds,
    named: /공문|시행문|기안문/,
  }),
  signedForm: file({
    label: '서명한 신청서',
    hint: '공문에 첨부된, 신청자가 서명한 신청서',
    kinds,
    onPaper: 'only',
    added: true,
  }),
  receivedMail: file({
    label: '받은 메일',
    hint: '메일로 따로 받은 것이 있으면 PDF로 저장하여 올리십시오.',
    kinds,
    optional: true,
    onPaper: 'only',
    added: true,
  }),
  diagram: file({
    label: '구성도',
    hint: '서버의 물리적인 구성도',
    kinds,
    named: /구성|배치도|아키텍처|diagram|architecture/i,
    sensitive: true,
    onPaper: 'optional',
  }),
  process: file({
    label: '업무 프로세스',
    hint: '구축하는 시스템의 업무 흐름도',
    kinds,
    named: /프로세스|흐름|절차|process|flow/i,
    sensitive: true,
    onPaper: 'optional',
  }),
  serviceDate: date({
    label: '서비스 개시예정일',
    hint: '개발기간을 고려하여 실제로 서비스를 시작할 날짜를 고르십시오.',
    check: (value, { today }) =>
      value < today ? '지난 날짜입니다. 오늘이나 그 뒤의 날짜를 선택하십시오.' : null,
  }),
} satisfies Fields;
