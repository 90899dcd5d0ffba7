import { OFFICE_FILES, QUESTION_FILES } from '../../../messenger/attachment-type.ts';
import { choice, file, form, type Option, text } from '../../../messenger/forms/form.ts';

/** The longest text of a question or an answer: it has to fit into one message of the messenger. */
export const LONGEST = 9000;
/** The most characters that one field of a window takes. */
const FIELD = 3000;

/** The form of Q&A 문의. A person with systems of their own can say which one the question is about. */
export function questionForm(systems: readonly { id: string; name: string }[]) {
  const asked = {
    title: text({ label: '제목', placeholder: '예: 라이선스 적용 후 1103 오류가 납니다', max: 100 }),
    text: text({
      label: '문의 내용',
      hint: '언제, 어느 서버에서, 무엇을 하다가 생긴 일인지 적으면 빨리 답변할 수 있습니다. 인증서 비밀번호는 적지 마십시오.',
      lines: true,
      max: FIELD,
    }),
    file: file({
      label: '첨부파일',
      hint: QUESTION_FILES.hint,
      kinds: QUESTION_FILES.extensions,
      optional: true,
    }),
  };
  const system = choice({
    label: '대상시스템',
    options: systems.slice(0, 100).map(({ id, name }) => ({ value: id, label: name })),
    shape: 'select',
    optional: true,
  });
  const fields = ['title', 'text', 'file'];
  return systems.length > 0
    ? form({ system, ...asked }, [{ title: 'Q&A 문의', fields: ['system', ...fields] }])
    : form({ ...asked }, [{ title: 'Q&A 문의', fields }]);
}

export const followUpForm = form(
  {
    text: text({ label: '추가 질문', lines: true, max: FIELD }),
    file: file({
      label: '첨부파일',
      hint: QUESTION_FILES.hint,
      kinds: QUESTION_FILES.extensions,
      optional: true,
    }),
  },
  [{ title: '추가 질문', fields: ['text', 'file'] }],
);

export const answerForm = form(
  {
    text: text({ label: '답변', hint: '질문자에게 그대로 전달됩니다.', lines: true, max: FIELD }),
    file: file({
      label: '첨부파일',
      hint: OFFICE_FILES.hint,
      kinds: OFFICE_FILES.extensions,
      optional: true,
    }),
  },
  [{ title: '답변하기', fields: ['text', 'file'] }],
);

/** The form of 담당 넘기기. The option of an officer who is away names the substitute. */
export function handOnForm(officers: readonly Option[]) {
  return form({ officer: choice({ label: '새 담당자', options: officers.slice(0, 100), shape: 'select' }) }, [
    { title: '담당 넘기기', fields: ['officer'] },
  ]);
}
