import { applies, getField, showValue } from '../messenger/forms/answers.ts';
import type { Answers, Form } from '../messenger/forms/form.ts';
import { answerNames } from '../records/people/answer-names.ts';
import type { Tx } from '../store/store.ts';
import { maskedAnswers } from './form-owner.ts';

/**
 * The present answer of a field, for an officer who writes a remark about it. Before the officer has opened the
 * review, personal answers are masked and sensitive ones left out.
 */
export async function presentAnswers(
  tx: Tx,
  form: Form,
  answers: Answers,
  read: boolean,
): Promise<(name: string) => string> {
  const readable = read ? answers : maskedAnswers(form, answers);
  const nameOf = await answerNames(tx, form, readable);
  return (name) => {
    const field = getField(form, name);
    if (!applies(form, name, answers)) return '(묻지 않은 항목)';
    if (field.sensitive && !read) return '‘검토’를 연 뒤에 보입니다.';
    return showValue(field, readable[name], nameOf);
  };
}
