import type { Button, KnownBlock, ModalView } from '@slack/types';
import { REVIEW } from '../../filing/card.ts';
import { button, context, cut, divider, modal, plain, section, title } from '../../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../../messenger/entered.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import type { Found, Hit } from './search.ts';

/** 찾기: the action that opens the window, and its callback id. */
export const SEARCH = 'desk.search';
/** 시스템 상세 for officers. */
export const LOOK_AT_SYSTEM = 'desk.system';
export const LOOK_AT_PERSON = 'desk.person';
/** The systems of an agency; the value is its code. */
export const SYSTEMS_OF_AGENCY = 'desk.agency';
const WORDS = 'words';

const groups: Record<Hit['kind'], { title: string; button?: (id: string) => Button }> = {
  filing: { title: '신청', button: (id) => button(REVIEW, '검토', { value: id }) },
  system: { title: '시스템', button: (id) => button(LOOK_AT_SYSTEM, '시스템 상세', { value: id }) },
  person: { title: '사람', button: (id) => button(LOOK_AT_PERSON, '사람', { value: id }) },
  agency: { title: '기관', button: (id) => button(SYSTEMS_OF_AGENCY, '시스템 목록', { value: id }) },
};

const WHAT =
  '시스템명, 기관명(약칭, 초성도), 사람 이름, CN, IP 주소, 접수번호, 라이선스 번호, 공문 문서번호로 찾습니다. 상세를 보면 열람 기록이 남습니다.';

/** The results by kind, masked: at most six of each kind. */
export function foundBlocks({ words, hits, more }: Found): KnownBlock[] {
  if (words === null) return [section('찾을 말을 적으십시오.'), context(WHAT)];
  const short = cut(words, 60);
  if (hits.length === 0) {
    return [
      section(`‘${short}’: 찾지 못했습니다.`),
      context(
        '번호와 사람 이름은 빠짐없이 적어야 찾습니다. 시스템명과 기관명은 일부, 약칭(행안부), 초성(ㅎㅇㅂ)만 적어도 됩니다.',
        '기관이 목록에 없으면 기관명과 기관코드를 적어 봇을 운영하는 사람에게 등록을 요청하십시오.',
      ),
      context(WHAT),
    ];
  }
  const kinds = (Object.keys(groups) as Hit['kind'][]).filter((kind) =>
    hits.some((hit) => hit.kind === kind),
  );
  return [
    section(`‘${short}’ 찾은 결과`),
    ...kinds.flatMap((kind): KnownBlock[] => [
      divider,
      title(groups[kind].title),
      ...hits
        .filter((hit) => hit.kind === kind)
        .map((hit) =>
          section(`${cut(hit.title, 300)}\n${cut(hit.detail, 400)}`, groups[kind].button?.(hit.id)),
        ),
      ...(more.has(kind) ? [context('더 있습니다. 낱말을 더 적어 좁히십시오.')] : []),
    ]),
    context(WHAT),
  ];
}

/** The window: the search field, and the results below it. */
export function searchView(found: Found | null): ModalView {
  return modal({
    callbackId: SEARCH,
    title: '찾기',
    submit: '찾기',
    blocks: [
      inputBlock(WORDS, '찾을 말', {
        type: 'plain_text_input',
        max_length: 100,
        ...(found?.words ? { initial_value: found.words } : {}),
        placeholder: plain('예: 민원관리, 10.10.1.21, 2026-000123', 150),
      }),
      ...(found ? foundBlocks(found) : [context(WHAT)]),
    ],
  });
}

export function typedWords(values: StateValues): string {
  return enteredIn(values, WORDS)?.value ?? '';
}
