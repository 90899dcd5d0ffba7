import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { koreanDate, seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { READ } from '../features/board/questions/views.ts';
import { surveyForOfficial } from '../features/surveys/home.ts';
import { openRoundOf } from '../features/surveys/round.ts';
import { REPORT } from '../filing/buttons.ts';
import { CORRECT } from '../filing/card.ts';
import { type Filings, getProcedure } from '../filing/procedure.ts';
import { stateLabel } from '../filing/standing.ts';
import { button, context, modal, section, title } from '../messenger/blocks.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { DROPPED, RETURNED } from '../records/filings/states.ts';
import { isNoneOf, isOneOf } from '../records/filings/states-sql.ts';
import { inForce } from '../records/in-force.ts';
import { filingRow } from '../records/rows.ts';
import { type Ask, all, map, mapEach, read, rowsOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Db } from '../store/store.ts';
import { ending, PRESSING_DAYS } from './ending.ts';

/** Opens the full list of 먼저 할 일. */
export const TODO = 'home.todo';

const ON_HOME = 5;
/** The most tasks that are read of each kind, and shown in total. */
const MOST = 40;

interface Todo {
  /** A smaller rank is more urgent. */
  rank: number;
  line: KnownBlock;
}

type Parts = Pick<Filings, 'procedures' | 'now'>;

/** Tasks that wait for this person, the most urgent first: a line each, with the button to do it. */
export function todosOf(parts: Parts, db: Db, who: Known): Ask<Promise<Todo[]>> {
  const found = all({
    returned: returnedFilings(parts, who),
    ending: endingLicences(who, seoulDay(parts.now())),
    answered: answeredQuestions(who),
    round: openRoundOf(parts.now()),
  });
  return map(found, async ({ round, ...todos }) => {
    const surveyTodos = (await surveyForOfficial(db, round, who)).map((line) => ({ rank: 300, line }));
    return [...Object.values(todos).flat(), ...surveyTodos].sort((a, b) => a.rank - b.rank);
  });
}

export function todoBlocks(todos: readonly Todo[]): KnownBlock[] {
  if (todos.length === 0) return [];
  return [
    title(`먼저 할 일 ${counted(todos)}`, ...(todos.length > ON_HOME ? [button(TODO, '더 보기')] : [])),
    ...todos.slice(0, ON_HOME).map(({ line }) => line),
  ];
}

export async function todoView(parts: Parts, db: Db, who: Known): Promise<ModalView> {
  const todos = await read(db, todosOf(parts, db, who));
  return modal({
    callbackId: TODO,
    title: '먼저 할 일',
    blocks: [
      section(todos.length > 0 ? `급한 순서입니다. ${counted(todos)}` : '기다리는 일이 없습니다.'),
      ...todos.slice(0, MOST).map(({ line }) => line),
      ...(todos.length > MOST ? [context(`급한 ${MOST}건만 보입니다. 처리하면 나머지가 보입니다.`)] : []),
    ],
  });
}

const counted = ({ length }: readonly Todo[]) => (length > MOST ? `${MOST}건 넘음` : `${length}건`);

/** Filings with 보완요청 or 승인취소: they stop until this person corrects them. */
function returnedFilings(parts: Parts, who: Known): Ask<Todo[]> {
  const returned = rowsOf(
    Prisma.sql`
      SELECT f.* FROM "Filing" f WHERE f."applicantId" = ${who.id} AND f.state ${isOneOf(RETURNED)}
      ORDER BY f."decidedAt", f.id LIMIT ${MOST + 1}`,
    filingRow,
  );
  return mapEach(returned, (filing) => {
    const procedure = getProcedure(parts, filing.procedure);
    const since = filing.decidedAt ? ` (${koreanDate(seoulDay(filing.decidedAt))})` : '';
    return {
      rank: 100,
      line: section(
        `${procedure.document} ${stateLabel(filing, procedure)}${since}: ${filing.title}`,
        button(CORRECT, '수정하여 다시 제출', { value: filing.id, style: 'primary' }),
      ),
    };
  });
}

/**
 * Temporary licences of my systems for which no report was submitted: the sooner one expires, the more urgent it is. A
 * returned report is listed among the returned filings instead.
 */
function endingLicences(who: Known, today: string): Ask<Todo[]> {
  const ends = rowsOf(
    Prisma.sql`
    SELECT s.id, s.name, l."expiresOn" FROM "System" s JOIN "Licence" l ON l."systemId" = s.id
    WHERE s."contactId" = ${who.id} AND s."retiredAt" IS NULL
      AND l.kind = 'TEMPORARY' AND ${inForce('l')} AND l."expiresOn" IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM "Licence" r WHERE r."systemId" = s.id AND r.kind = 'REGULAR'
          AND ${inForce('r')})
      AND NOT EXISTS (
        SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id AND f.procedure = ${PROCEDURE.resultReport}
          AND f.state ${isNoneOf(...DROPPED)})
    ORDER BY l."expiresOn", s.id LIMIT ${MOST + 1}`,
    z.object({ id: z.string(), name: z.string(), expiresOn: z.string() }),
  );
  return mapEach(ends, ({ id, name, expiresOn }) => {
    const days = dayNumber(expiresOn) - dayNumber(today);
    const pressing = days <= PRESSING_DAYS;
    return {
      rank: (pressing ? 0 : 200) + Math.min(99, Math.max(0, days)),
      line: section(
        `${ending(days, expiresOn)}: ${name}`,
        button(REPORT, '적용결과표 제출', {
          value: id,
          ...(pressing ? { style: 'primary' as const } : {}),
        }),
      ),
    };
  });
}

function answeredQuestions(who: Known): Ask<Todo[]> {
  const answered = rowsOf(
    Prisma.sql`
      SELECT id, title FROM "Question" WHERE "askerId" = ${who.id} AND state = 'ANSWERED'
      ORDER BY "answeredAt", id LIMIT ${MOST + 1}`,
    z.object({ id: z.string(), title: z.string() }),
  );
  return mapEach(answered, ({ id, title: asked }) => ({
    rank: 400,
    line: section(`Q&A 답변이 왔습니다: ${asked}`, button(READ, '답변 보기', { value: id })),
  }));
}
