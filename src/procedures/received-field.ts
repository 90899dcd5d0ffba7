import { file } from '../messenger/forms/form.ts';

/** What an officer goes by who enters something for a contact without a messenger account. */
export const receivedField = file({
  label: '받은 문서',
  hint: '담당자에게 받은 공문이나 메일. 승인하는 관리자가 입력한 내용과 대조합니다.',
  kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
  onPaper: true,
});
