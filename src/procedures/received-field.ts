import { file } from '../messenger/forms/form.ts';

/** The document on which an officer's entry for a contact without a messenger account is based. */
export const receivedField = file({
  label: '받은 문서',
  hint: '담당자에게 받은 공문이나 메일. 승인하는 관리자가 입력한 내용과 대조합니다.',
  kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
  onPaper: 'only',
});

/** The same for what a contact sends back by mail. The officer who approves is told when it is missing. */
export const receivedMailField = file({
  label: '받은 메일',
  hint: '적용결과를 보낸 메일을 PDF로 저장하여 올리십시오. 승인하는 관리자가 입력한 내용과 대조합니다.',
  kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
  optional: true,
  onPaper: 'only',
  added: true,
});
