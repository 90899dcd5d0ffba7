import type { KnownBlock } from '@slack/types';
import { safeFileName } from '../../core/file-name.ts';
import { APPLY, ASK } from '../../filing/buttons.ts';
import { describe, FILING_FILES, QUESTION_FILES, sealedText } from '../../messenger/attachment-type.ts';
import { actions, button, context, cut, divider, section } from '../../messenger/blocks.ts';
import type { DirectMessageHandler } from '../../messenger/click.ts';
import type { ChosenFile } from '../../messenger/entered.ts';
import { kindOfContent } from '../../messenger/file-kind.ts';
import { type FileSource, fetchChosen } from '../../messenger/intake.ts';

/** Characters of the message that a button hands over to Q&A 문의. */
const CARRIED = 2000;
const MOST = 3;

/**
 * Answers files that are no licences: says what each file is and where it belongs, then adds the answer of `words` to
 * the text of the message. A text file counts as part of the message's text.
 */
export function fileAnswer(source: FileSource, words: DirectMessageHandler): DirectMessageHandler {
  return async (message) => {
    const files = message.files.filter(({ isText }) => !isText);
    if (files.length === 0) return words(message);
    const places = await Promise.all(files.slice(0, MOST).map((file) => placeOf(source, file)));
    const answer = message.text === '' ? null : await words(message);
    return {
      text: '파일을 어디에 올리는지 알려 드립니다.',
      blocks: [
        ...places.map((text) => section(text)),
        section('이 대화방에 올린 파일은 접수되지 않습니다.'),
        ...(files.length > MOST ? [context(`파일은 한 번에 ${MOST}개까지 봅니다.`)] : []),
        actions(
          button(ASK, 'Q&A 문의', { value: cut(message.text, CARRIED) }),
          ...(message.who.registeredAt ? [button(APPLY, '이용신청서 작성')] : []),
        ),
        ...(answer ? [divider, ...answer.blocks] : ([] as KnownBlock[])),
      ],
    };
  };
}

async function placeOf(source: FileSource, file: ChosenFile): Promise<string> {
  const name = safeFileName(file.name);
  const bytes = await fetchChosen(source, file).catch(() => null);
  if (!bytes) return `‘${name}’ 파일을 읽지 못했습니다. 다시 올리십시오.`;
  const kind = await kindOfContent(bytes);
  const sealed = sealedText(kind);
  return sealed
    ? `‘${name}’ 파일은 ${sealed}`
    : `‘${name}’ 파일은 라이선스가 아닙니다. ${placeFor(kind, name)}`;
}

const CERTIFICATE = /\.(?:cer|crt|der|pem)$/i;

function placeFor(kind: string, name: string): string {
  if (CERTIFICATE.test(name)) {
    return '서버용 인증서이면 홈의 시스템 목록에서 그 시스템의 ‘서버용 인증서 등록’에 올리십시오.';
  }
  if (FILING_FILES.extensions.includes(kind)) {
    return '공문, 시스템 구성도, 업무 프로세스는 신청서의 첨부파일 칸에 올리십시오. 물어볼 것이 있으면 ‘Q&A 문의’에 첨부하십시오.';
  }
  if (QUESTION_FILES.extensions.includes(kind)) {
    return `${describe(kind)}입니다. 신청서에 첨부하려면 PDF로 변환하십시오. 물어볼 것이 있으면 ‘Q&A 문의’에 그대로 첨부하십시오.`;
  }
  return '화면 그림이나 로그로 물어볼 것이 있으면 ‘Q&A 문의’에 첨부하십시오.';
}
