import type { KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../../core/calendar.ts';
import { ASK, ERROR_HELP } from '../../filing/buttons.ts';
import type { Filings } from '../../filing/procedure.ts';
import { actions, button, context, cut, divider, modal, section } from '../../messenger/blocks.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { textBlocks } from '../board/questions/views.ts';
import { OPEN_RESOURCE } from '../board/resources/views.ts';
import { askerOf, before, buttonFor } from './asker.ts';
import { entries } from './knowledge/entries.ts';
import type { Entry } from './knowledge/entry.ts';
import { answersByItself, type Found, isRelated, type Library } from './knowledge/library.ts';
import { makeSense } from './knowledge/understand.ts';
import { mySystems, systemPart } from './my-systems.ts';

/** A number follows the action id. The value is the entry's id, a line break, and the text that the person wrote. */
export const SHOW_ENTRY = 'assist.entry';
/** Characters of the person's text that a button hands over to Q&A 문의; Slack takes 2,000. */
const CARRIED = 1900;
const SYSTEMS_SHOWN = 8;
const RELATED_SHOWN = 2;
const OFFERED = 3;

export type Ground = Filings & { db: Db; library: Library };
interface Answer {
  text: string;
  blocks: KnownBlock[];
}

const sense = makeSense(entries);

/**
 * Answers a sentence, with the state of the writer's own systems. Asks back where two entries match about equally
 * well; null where nothing matches well enough.
 */
export async function chatAnswer(ground: Ground, who: Known, text: string): Promise<Answer | null> {
  const understood = sense.understand(text, askerOf(who) === 'desk');
  if (understood.kind === 'answer' && understood.entry.kind === 'smalltalk')
    return { text: understood.entry.answer, blocks: [section(understood.entry.answer)] };
  const found = await ground.library.find(ground.db, text);
  const [published] = found.filter(answersByItself);
  if (published) return { text: published.title, blocks: publishedBlocks(published, text) };
  if (understood.kind === 'which') return which(understood.entries, text);
  if (understood.kind === 'unknown') return null;
  const { entry } = understood;
  return { text: entry.answer, blocks: await entryBlocks(ground, who, entry, text, found.filter(isRelated)) };
}

const NO_ANSWER = '아직 답할 수 없는 질문입니다. ‘Q&A 문의’로 관리자에게 물어보십시오.';
const ELSEWHERE =
  '이 봇은 표준API의 신청, 라이선스, 담당자 변경 같은 일을 돕습니다. 다른 업무는 맡은 부서에 물어보십시오.';

/**
 * Blocks to show with the help for a text that the bot does not understand: the nearest titles and a Q&A 문의 button.
 */
export async function notUnderstood(ground: Ground, who: Known, text: string): Promise<KnownBlock[]> {
  const understood = sense.understand(text, askerOf(who) === 'desk');
  const near = understood.kind === 'unknown' ? understood.near : [];
  const found = await ground.library.find(ground.db, text);
  const titles = [
    ...found.slice(0, 1).map(resourceRow),
    ...near.map((entry, index) =>
      section(entry.title, button(`${SHOW_ENTRY}.${index}`, '답 보기', { value: carried(entry, text) })),
    ),
    ...found.slice(1).map(resourceRow),
  ].slice(0, OFFERED);
  return [
    section(understood.kind === 'unknown' && understood.elsewhere ? ELSEWHERE : NO_ANSWER),
    actions(
      button(ASK, '이 내용으로 Q&A 문의', { value: cut(text, CARRIED), style: 'primary' }),
      button(ERROR_HELP, '오류 도움'),
    ),
    ...(titles.length > 0 ? [context('혹시 이것을 찾으십니까?'), ...titles] : []),
    divider,
  ];
}

/** The answer window for the entry whose button was pressed. */
export async function chosenAnswer(ground: Ground, who: Known, value: string): Promise<ModalView> {
  const [id = '', ...rest] = value.split('\n');
  const entry = sense.find(id);
  const mayRead = entry && (entry.kind !== 'officer' || askerOf(who) === 'desk');
  const blocks = mayRead
    ? await entryBlocks(ground, who, entry, rest.join('\n'))
    : [section('지금은 없는 답입니다. 질문을 다시 적어 보내십시오.')];
  return modal({ callbackId: SHOW_ENTRY, title: '답변', blocks });
}

function which([one, other]: readonly [Entry, Entry], text: string): Answer {
  const question = `‘${one.title}’, ‘${other.title}’ 가운데 무엇입니까?`;
  return {
    text: question,
    blocks: [
      section(question),
      actions(
        ...[one, other].map((entry, index) =>
          button(`${SHOW_ENTRY}.${index}`, entry.title, { value: carried(entry, text) }),
        ),
      ),
      ...askFurther(text),
    ],
  };
}

const carried = ({ id }: Entry, text: string) => `${id}\n${cut(text, CARRIED)}`;

const resourceRow = ({ id, title }: Found): KnownBlock =>
  section(`자료실: ${title}`, button(OPEN_RESOURCE, '보기', { value: id }));

function publishedBlocks(found: Found, text: string): KnownBlock[] {
  return [
    section(found.title),
    ...textBlocks(found.text),
    actions(button(OPEN_RESOURCE, '자료실에서 보기', { value: found.id })),
    ...askFurther(text),
  ];
}

/** An entry's answer for this person; somebody who is not registered yet also reads which step comes first. */
export async function entryBlocks(
  ground: Ground,
  who: Known,
  entry: Entry,
  text: string,
  related: readonly Found[] = [],
): Promise<KnownBlock[]> {
  const isPublic = askerOf(who) === 'public';
  const buttons = (entry.buttons ?? []).flatMap((name) => buttonFor(ground, who, name));
  return [
    section((isPublic && entry.publicAnswer) || entry.answer),
    ...(entry.source ? [context(`근거: ${entry.source}`)] : []),
    ...(await before(ground, who)),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
    ...(isPublic ? [] : await ownSystems(ground, who, entry)),
    ...related.slice(0, RELATED_SHOWN).map(resourceRow),
    ...askFurther(text),
  ];
}

/** The states of the asker's own systems, each with the buttons that the answer offers. */
async function ownSystems(ground: Ground, who: Known, { offers }: Entry): Promise<KnownBlock[]> {
  if (!offers) return [];
  const today = seoulDay(ground.now());
  const systems = await mySystems(ground.db, who);
  if (systems.length === 0)
    return who.registeredAt ? [context('담당하는 시스템이 없습니다. 이용신청을 하면 여기에 보입니다.')] : [];
  const firstSystems = systems.slice(0, SYSTEMS_SHOWN);
  return [
    divider,
    ...firstSystems.flatMap((system) => systemPart(ground, system, { who, today }, offers)),
    ...(systems.length > firstSystems.length
      ? [context(`시스템이 ${systems.length}건 있습니다. 나머지는 홈의 목록에서 보십시오.`)]
      : []),
  ];
}

const askFurther = (text: string): KnownBlock[] => [
  divider,
  context('찾던 답이 아니면 관리자에게 물어보십시오.'),
  actions(button(ASK, '이 내용으로 Q&A 문의', { value: cut(text, CARRIED) })),
];
