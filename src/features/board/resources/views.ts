import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import {
  actions,
  button,
  context,
  cut,
  divider,
  header,
  modal,
  plain,
  section,
} from '../../../messenger/blocks.ts';
import { inputBlock } from '../../../messenger/input-block.ts';
import { pageOf, pager } from '../../../messenger/pager.ts';
import { readFiles } from '../../../store/blobs.ts';
import type { Prisma, ResourceVersion } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import type { Tx } from '../../../store/store.ts';
import { textBlocks } from '../questions/views.ts';
import { categories, categoryLabel } from './form.ts';
import { starterPapers } from './starter-papers.ts';

export const RESOURCES = 'resources.list';
/** `.back` or `.next` follows the action id; the value is the page. */
export const RESOURCES_PAGE = 'resources.page';
export const OPEN_RESOURCE = 'resource.open';
export const GET_RESOURCE = 'resource.get';
export const ADD_RESOURCE = 'resource.add';
export const EDIT_RESOURCE = 'resource.edit';
export const WITHDRAW_RESOURCE = 'resource.withdraw';
/** Block ids of the search fields. */
export const WORDS = 'words';
export const CATEGORY = 'category';

const PAGE = 10;
const OLDER = 10;
const MAX_WORDS = 5;
/** The most characters of the search words: the window's metadata holds them. */
const MAX_LENGTH = 100;

interface Sought {
  words: string;
  category: string;
  page?: number;
}

/** The window of 자료실: the search fields and the results, in pages. */
export async function resourcesView(tx: Tx, who: Known, asked: Sought): Promise<ModalView> {
  const isCategory = categories.some(({ value }) => value === asked.category);
  const sought = {
    ...asked,
    words: [...asked.words].slice(0, MAX_LENGTH).join(''),
    category: isCategory ? asked.category : '',
  };
  const where = matching(sought);
  const total = await tx.resource.count({ where });
  const paging = pageOf(sought.page ?? 0, total, PAGE);
  const resources = await tx.resource.findMany({
    where,
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    skip: paging.page * PAGE,
    take: PAGE,
  });
  return modal({
    callbackId: RESOURCES,
    title: '자료실',
    submit: '찾기',
    metadata: { words: sought.words, category: sought.category },
    blocks: [
      ...searchBlocks(sought),
      ...(who.officer ? [actions(button(ADD_RESOURCE, '자료 등록'))] : []),
      divider,
      context(`자료 ${total}건`),
      ...(total === 0 ? [section('찾는 자료가 없습니다. 다른 말로 찾거나 홈에서 Q&A로 문의하십시오.')] : []),
      ...resources.map(({ id, category, title, changedAt }) =>
        section(
          `${title}\n${categoryLabel(category)} · ${koreanDate(seoulDay(changedAt))}`,
          button(OPEN_RESOURCE, '보기', { value: id }),
        ),
      ),
      ...pager(paging, { actionId: RESOURCES_PAGE }),
    ],
  });
}

function searchBlocks({ words, category }: Sought): KnownBlock[] {
  const options = categories.map(({ value, label }) => ({ value, text: plain(label) }));
  const chosen = options.find(({ value }) => value === category);
  return [
    inputBlock(
      WORDS,
      '찾는 말',
      {
        type: 'plain_text_input',
        max_length: MAX_LENGTH,
        placeholder: plain('예: 1103, 라이선스 만료, 방화벽'),
        ...(words ? { initial_value: words } : {}),
      },
      { optional: true },
    ),
    inputBlock(
      CATEGORY,
      '분류',
      {
        type: 'static_select',
        options,
        placeholder: plain('전체'),
        ...(chosen ? { initial_option: chosen } : {}),
      },
      { optional: true },
    ),
  ];
}

/** Condition for a search: the title, the text or the category's name has to contain each word. */
function matching({ words, category }: Sought): Prisma.ResourceWhereInput {
  const typed = words.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  return {
    withdrawnAt: null,
    ...(category ? { category } : {}),
    AND: typed.map((word) => {
      const contains = { contains: word, mode: 'insensitive' as const };
      const named = categories.filter(({ label }) => label.toLowerCase().includes(word.toLowerCase()));
      return {
        OR: [{ title: contains }, { text: contains }, { category: { in: named.map(({ value }) => value) } }],
      };
    }),
  };
}

/** One resource: its text, the current file, and older ones with a mark. @throws Refusal */
export async function resourceView(tx: Tx, who: Known, resourceId: string): Promise<ModalView> {
  const resource = await tx.resource.findUnique({
    where: { id: resourceId },
    include: { versions: { orderBy: { number: 'desc' } } },
  });
  if (!resource || (resource.withdrawnAt && !who.officer))
    throw new Refusal('거두었거나 없는 자료입니다.', '자료실을 새로 여십시오.');
  const [now, ...before] = resource.versions;
  const older = before.filter((version) => filesOf(version).length > 0);
  return modal({
    callbackId: OPEN_RESOURCE,
    title: '자료실',
    blocks: [
      header(resource.title),
      context(
        `${categoryLabel(resource.category)} · ${koreanDate(seoulDay(resource.changedAt))} · ${resource.version}판${resource.withdrawnAt ? ' · 거둔 자료' : ''}`,
      ),
      ...textBlocks(resource.text),
      ...(now ? fileLines(now, '첨부파일', who) : []),
      ...blankOf(resource.id, now),
      ...(older.length > 0
        ? [divider, context('이전 판의 파일입니다. 새로 적용할 때는 위의 파일을 쓰십시오.')]
        : []),
      ...older.slice(0, OLDER).flatMap((version) => fileLines(version, `이전 판(${version.number}판)`, who)),
      ...(older.length > OLDER ? [context(`이전 판은 최근 ${OLDER}개를 보입니다.`)] : []),
      ...(who.officer && !resource.withdrawnAt ? [divider, officerActions(resource.id)] : []),
    ],
  });
}

/** The button for a blank form, which the bot makes on request; none when an officer has added a file instead. */
function blankOf(id: string, now: ResourceVersion | undefined): KnownBlock[] {
  const { blank } = starterPapers.find((one) => one.id === id) ?? {};
  if (!blank || (now && filesOf(now).length > 0)) return [];
  return [section('빈 서식 (PDF, DOCX)', button(blank, '받기'))];
}

const filesOf = ({ files }: ResourceVersion) => readFiles(files);

function fileLines(version: ResourceVersion, label: string, who: Known): KnownBlock[] {
  const count = who.officer ? ` · 받은 횟수 ${version.fetched}` : '';
  return filesOf(version).map(({ name }) =>
    section(
      cut(`${label}: ${name} (${koreanDate(seoulDay(version.at))})${count}`, 1000),
      button(GET_RESOURCE, '받기', { value: `${version.resourceId}:${version.number}` }),
    ),
  );
}

const officerActions = (id: string) =>
  actions(
    button(EDIT_RESOURCE, '고치기', { value: id }),
    button(WITHDRAW_RESOURCE, '거두기', {
      value: id,
      style: 'danger',
      confirm: { title: '자료를 거두시겠습니까?', text: '자료실에서 사라집니다.', confirm: '거두기' },
    }),
  );
