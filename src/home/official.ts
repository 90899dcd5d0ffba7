import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { seoulDay } from '../core/calendar.ts';
import { LETTER_FIRST } from '../core/letter-address.ts';
import { MINE } from '../features/board/questions/views.ts';
import { RESOURCES } from '../features/board/resources/views.ts';
import { MY_DATA } from '../features/privacy/privacy-view.ts';
import { MY_SYSTEMS } from '../features/surveys/asked-view.ts';
import { BEGIN_PROCEDURE, homeButtons } from '../filing/begin-buttons.ts';
import { APPLY, ASK, ERROR_HELP, HOME_PAGE, PUBLIC_GUIDE, REGISTER, REPORT } from '../filing/buttons.ts';
import type { Filings } from '../filing/procedure.ts';
import { actions, button, context, divider, figures, header, section, title } from '../messenger/blocks.ts';
import { pageOf, pager } from '../messenger/pager.ts';
import { publicAgencyGuidance } from '../procedures/public-agency.ts';
import { PROVE_BEGIN } from '../procedures/registration/certificate-slack.ts';
import { openRegistration } from '../procedures/registration/first-step.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { LIVING, SUBMITTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { filingRow, licenceRow, systemRow } from '../records/rows.ts';
import type { SystemWithLife } from '../records/systems/standing.ts';
import { type Ask, all, countOf, map, pageStart, rowsOf } from '../store/ask.ts';
import { type Filing, Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Db } from '../store/store.ts';
import { type Figures, figuresOf } from './figures.ts';
import { systemBlocks } from './system-list.ts';
import { todoBlocks, todosOf } from './todo.ts';
import { unfinishedForms } from './unfinished.ts';
import { ALL_WORK } from './work-menu.ts';

/** Systems on a page: five keep the home readable and far below Slack's 100 blocks. */
const PAGE_SIZE = 5;

type Parts = Pick<Filings, 'procedures' | 'documents' | 'now' | 'byCertificate'> & { db: Db };

/** The buttons of the guide's first screen (1.2), in its order. 전체 업무 has the others. */
export function firstButtons(parts: Pick<Parts, 'procedures'>): Button[] {
  const contactChange = homeButtons(parts, 'official').filter(
    ({ action_id }) => action_id === `${BEGIN_PROCEDURE}.${PROCEDURE.contactChange}`,
  );
  return [
    button(APPLY, '이용신청서 작성', { style: 'primary' }),
    button(REPORT, '적용결과표 제출'),
    ...contactChange,
    button(ASK, 'Q&A 문의'),
    button(RESOURCES, '자료실'),
    button(MY_SYSTEMS, '이용현황조사', { value: '0' }),
  ];
}

export function officialBlocks(parts: Parts, who: Known, page: number): Ask<Promise<KnownBlock[]>> {
  if (!who.registeredAt) return map(openRegistration(who.id), async (open) => welcome(parts, open));
  const found = all({
    figures: figuresOf(parts, who.id),
    unfinished: unfinishedForms(parts, who),
    todos: todosOf(parts, parts.db, who),
    systems: systemsPage(parts, who, Math.max(0, Math.floor(page) || 0)),
  });
  return map(found, async ({ figures: counted, unfinished, todos, systems }) =>
    registeredBlocks(parts, counted, [unfinished, todoBlocks(await todos)], systems),
  );
}

function registeredBlocks(
  parts: Parts,
  { distributed, applying, asking }: Figures,
  waiting: readonly (readonly KnownBlock[])[],
  systems: readonly KnownBlock[],
): KnownBlock[] {
  return [
    header('표준API 보급관리'),
    figures({ '전체 보급건수': distributed, 'API 신청중': applying, 'Q&A 문의진행': asking }),
    actions(...firstButtons(parts), button(ALL_WORK, '전체 업무')),
    context(LETTER_FIRST),
    context('서식과 설치가이드는 ‘자료실’에 있습니다.'),
    ...waiting.flatMap((part) => (part.length > 0 ? [divider, ...part] : [])),
    ...systems,
  ];
}

function welcome({ byCertificate }: Parts, open: Filing | null): KnownBlock[] {
  const waits = open?.state === SUBMITTED;
  return [
    header('표준API 보급관리'),
    section(
      waits
        ? '사용자 등록을 검토하고 있습니다. 승인되면 이 앱의 ‘메시지’로 알려 드리며, 그때부터 표준API를 신청할 수 있습니다.'
        : '행정전자서명(GPKI) 표준API를 신청하고, 모듈과 라이선스를 받고, 적용결과를 제출하는 곳입니다. 행정기관 담당공무원은 먼저 ‘사용자 등록’을, 공공기관 직원은 ‘공공기관 신청 안내’를 누르십시오.',
    ),
    actions(
      ...(open ? [] : [button(REGISTER, '사용자 등록', { style: 'primary' })]),
      ...(byCertificate ? [button(PROVE_BEGIN, '인증서로 본인확인')] : []),
      button(PUBLIC_GUIDE, '공공기관 신청 안내'),
    ),
    boardButtons(),
  ];
}

/** Buttons for everybody, registered or not. */
const boardButtons = () =>
  actions(
    button(ASK, 'Q&A 문의'),
    button(MINE, '내 문의'),
    button(RESOURCES, '자료실'),
    button(ERROR_HELP, '오류 도움'),
    button(MY_DATA, '내 정보'),
  );

export function publicBlocks(who: Known): KnownBlock[] {
  const guidance = publicAgencyGuidance(who.agency?.name ?? '공공기관');
  return [
    header(guidance.title),
    ...guidance.lines.map((line) => section(line)),
    actions(...(guidance.buttons ?? []).map(({ action, label }) => button(action, label))),
    boardButtons(),
    divider,
    context('소속기관을 잘못 선택했으면 아래를 누르십시오.'),
    actions(button(REGISTER, '행정기관 사용자 등록')),
  ];
}

const systemWithLife: z.ZodType<SystemWithLife> = systemRow.extend({
  filings: z.array(filingRow),
  licences: z.array(licenceRow),
});

function systemsPage(parts: Parts, who: Known, asked: number): Ask<KnownBlock[]> {
  const mine = Prisma.sql`
    FROM "System" s WHERE (s."contactId" = ${who.id} OR s."deputyId" = ${who.id})
    AND EXISTS (SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id AND f.state ${isOneOf(...LIVING)})`;
  const found = all({
    total: countOf(mine),
    systems: rowsOf(
      Prisma.sql`
        SELECT s.*,
          (SELECT COALESCE(json_agg(f), '[]') FROM "Filing" f WHERE f."systemId" = s.id) AS filings,
          (SELECT COALESCE(json_agg(l), '[]') FROM "Licence" l WHERE l."systemId" = s.id) AS licences
        FROM (
          SELECT s.* ${mine} ORDER BY s."createdAt" DESC, s.id LIMIT ${PAGE_SIZE} OFFSET ${pageStart(asked, PAGE_SIZE, mine)}) s
        ORDER BY s."createdAt" DESC, s.id`,
      systemWithLife,
    ),
  });
  return map(found, ({ total, systems }) => systemsBlocks(parts, who, asked, total, systems));
}

function systemsBlocks(
  { procedures, now }: Parts,
  who: Known,
  asked: number,
  total: number,
  systems: readonly SystemWithLife[],
): KnownBlock[] {
  if (total === 0)
    return [
      divider,
      section('담당하거나 신청한 시스템이 없습니다. 새로 신청하려면 ‘이용신청서 작성’을 누르십시오.'),
    ];
  const today = seoulDay(now());
  return [
    divider,
    title(`내 시스템 ${total}건`),
    ...systems.flatMap((system) => systemBlocks({ procedures }, system, who.id, today)),
    ...pager(pageOf(asked, total, PAGE_SIZE), { actionId: HOME_PAGE, divided: true }),
  ];
}
