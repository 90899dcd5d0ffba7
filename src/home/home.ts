import type { HomeView, KnownBlock } from '@slack/types';
import { noticeBlocks } from '../features/board/notices/views.ts';
import { MY_DATA } from '../features/privacy/privacy-view.ts';
import { ASK, REGISTER } from '../filing/buttons.ts';
import { helpBlocks } from '../filing/helper-view.ts';
import { offersTo } from '../filing/offer.ts';
import type { Filings } from '../filing/procedure.ts';
import { actions, button, divider, fitting, section } from '../messenger/blocks.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { LIVING, OPEN, REJECTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { filingRow } from '../records/rows.ts';
import { type Ask, all, known, map, read, rowsOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Db } from '../store/store.ts';
import { auditorBlocks, officerBlocks } from './officer.ts';
import { officialBlocks, publicBlocks } from './official.ts';
import { type QueueFilter, WHOLE_QUEUE } from './queue.ts';
import { filingBlocks } from './system-list.ts';
import { unfinishedForms } from './unfinished.ts';

/** How many of my filings without a system a home shows. */
const SHOWN = 5;

const nothing = known(Promise.resolve<KnownBlock[]>([]));

type Parts = Pick<Filings, 'procedures' | 'documents' | 'now' | 'byCertificate' | 'codes'> & { db: Db };

/** The pages and filters that a person has chosen on their home. */
interface HomePlace {
  /** The page of 내 시스템, from 0. */
  page?: number;
  queue?: QueueFilter;
}

/** The current home of this person. */
export async function homeView(parts: Parts, who: Known, at: HomePlace = {}): Promise<HomeView> {
  return { type: 'home', blocks: fitting(await homeBlocks(parts, who, at)) };
}

async function homeBlocks(
  parts: Parts,
  who: Known,
  { page = 0, queue = WHOLE_QUEUE }: HomePlace = {},
): Promise<KnownBlock[]> {
  if (who.deactivatedAt)
    return [section('비활성화된 사용자입니다. 소속기관의 메신저 관리자에게 문의하십시오.')];
  const works = who.officer || who.auditor;
  const applies = !works || who.registeredAt !== null; // an officer need not be an applicant too
  const isPublic = who.agency?.kind === 'PUBLIC' && !who.registeredAt;
  const { helped, offers, unfinished, others, notices, ...waiting } = await read(
    parts.db,
    all({
      helped: helpBlocks(parts, who.id),
      offers: offersTo(parts, who.id),
      desk: works ? await officerBlocks(parts, who, queue) : nothing,
      own: applies
        ? isPublic
          ? known(Promise.resolve(publicBlocks(who)))
          : officialBlocks(parts, who, page)
        : nothing,
      // For a registered person the task list contains it.
      unfinished: who.registeredAt ? known([]) : unfinishedForms(parts, who),
      others: filingsWithoutSystem(parts, who),
      notices: noticeBlocks(who, parts.now()),
    }),
  );
  const [desk, own] = await Promise.all([waiting.desk, waiting.own]);
  // A helper of a developer company sees only the drafts to fill in.
  if (helped.length > 0 && !works && !who.registeredAt)
    return [
      ...helped,
      divider,
      actions(button(REGISTER, '사용자 등록'), button(ASK, 'Q&A 문의'), button(MY_DATA, '내 정보')),
    ];
  return [
    ...(who.auditor ? auditorBlocks(who) : []),
    ...offers,
    ...helped,
    ...desk,
    ...(desk.length > 0 && own.length > 0 ? [divider] : []),
    ...own,
    ...(unfinished.length > 0 ? [divider, ...unfinished] : []),
    ...others,
    ...notices,
  ];
}

/** Slack takes 50 blocks in a message. */
const MESSAGE_BLOCKS = 50;

/** `/bogeup 현황`: a registered official gets their systems and filings; anybody else gets their home. */
export async function statusBlocks(parts: Parts, who: Known): Promise<KnownBlock[]> {
  const isRegistered = who.registeredAt !== null && !who.deactivatedAt;
  if (!isRegistered) return (await homeBlocks(parts, who)).slice(0, MESSAGE_BLOCKS);
  const asks = all({ mine: officialBlocks(parts, who, 0), others: filingsWithoutSystem(parts, who) });
  const { mine, others } = await read(parts.db, asks);
  return [...(await mine), ...others].slice(0, MESSAGE_BLOCKS);
}

/**
 * My filings that belong to no system and still matter: 사용자 등록, 권한 변경; and a rejected first application, which
 * made no system.
 */
function filingsWithoutSystem({ procedures }: Parts, who: Known): Ask<KnownBlock[]> {
  const registered = who.registeredAt
    ? Prisma.sql`AND f.procedure <> ${PROCEDURE.registration}`
    : Prisma.empty;
  const filings = rowsOf(
    Prisma.sql`
      SELECT f.* FROM "Filing" f WHERE f."applicantId" = ${who.id} ${registered} AND (
        (f."systemId" IS NULL AND f.state ${isOneOf(...OPEN, REJECTED)})
        OR (f.state ${isOneOf(REJECTED)} AND f."systemId" IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM "Filing" o WHERE o."systemId" = f."systemId" AND o.state ${isOneOf(...LIVING)})))
      ORDER BY f."submittedAt" DESC, f.id LIMIT ${SHOWN}`,
    filingRow,
  );
  return map(filings, (found) => found.flatMap((filing) => filingBlocks({ procedures }, filing, who.id)));
}
