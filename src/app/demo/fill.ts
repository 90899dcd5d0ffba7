import { addDays, previousBusinessDay, seoulDay, startOfDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import { tellDesk } from '../../filing/tell-desk.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import type { Issuer } from '../../records/licences/issue.ts';
import { grantOfficers } from '../../records/people/who.ts';
import { putBlob } from '../../store/blobs.ts';
import { operate } from '../../store/operation.ts';
import { assumeSaid } from '../../store/outbox-changes.ts';
import type { Db } from '../../store/store.ts';
import { allProcedures } from '../procedures.ts';
import { Acts, PLACE } from './acts.ts';
import { boardSteps } from './board.ts';
import { lifeOf, type Step } from './life.ts';
import { SAMPLE_PDF } from './papers.ts';
import { FIRST_OFFICER, newcomer, type Official, officials, SECOND_OFFICER } from './people.ts';
import { systems } from './systems.ts';
import { isUnused } from './unused.ts';

/** For how many business days the example office has worked. */
const DAYS = 250;
/** Messages of so many last business days are really sent; older ones count as read long ago. */
const RECENT = 3;

interface Office {
  db: Db;
  /** The real clock: nothing of the example happens after it. */
  now: () => Date;
  issuer: Issuer;
  byCertificate: boolean;
}

/**
 * Fills an empty trial database with an office that has worked for a year: every act through the operation that a
 * click would call, on a clock that is driven from day to day.
 * @returns how many filings there are
 * @throws Refusal on a database in real use, or when it has been used already
 */
export async function fillOffice({ db, now, issuer, byCertificate }: Office): Promise<{ filings: number }> {
  await refuseUnlessEmptyTrial(db);
  const days = businessDays(seoulDay(now()));
  let moment = new Date(0);
  const clock = () => moment;
  const procedures = allProcedures(issuer, byCertificate);
  const filings: Filings = { db, now: clock, procedures, byCertificate, wakeOutbox: () => undefined };
  const acts = new Acts(filings);
  const paper = async () => {
    const sha256 = await putBlob(db, SAMPLE_PDF, moment);
    return { sha256, name: '견본.pdf', size: SAMPLE_PDF.length, type: 'pdf' };
  };
  const agencyOf = (name: string) => db.agency.findFirstOrThrow({ where: { name } });

  moment = at(days, DAYS, 0, now());
  await grantOfficers(filings, [FIRST_OFFICER, SECOND_OFFICER], async () => null);
  const parts = { acts, agencyOf, paper: await paper() };
  const steps: Step[] = [
    ...[...officials, newcomer].flatMap((one) => registration(acts, one, agencyOf)),
    ...systems.flatMap((system, index) => lifeOf(parts, system, index)),
    ...boardSteps(acts, parts.paper),
  ];
  let onDay = 0;
  let day = DAYS;
  for (const { ago, act } of steps.sort((a, b) => b.ago - a.ago)) {
    onDay = ago === day ? onDay + 1 : 0;
    day = ago;
    moment = at(days, ago, onDay, now());
    await act();
    if (ago > RECENT) await assumeSaid(db);
  }
  await showWaiting(filings);
  return { filings: await db.filing.count() };
}

/** Posts a card to the officers' channel for each filing that waits. */
async function showWaiting(filings: Filings): Promise<void> {
  const waiting = await filings.db.filing.findMany({ where: { state: SUBMITTED } });
  await operate(filings, { actor: 'bot', place: PLACE }, async (op) => {
    for (const filing of waiting) tellDesk(op, filing, true, 1);
  });
}

async function refuseUnlessEmptyTrial(db: Db): Promise<void> {
  const installation = await db.installation.findUnique({ where: { id: 1 } });
  if (installation?.purpose !== 'TRIAL') throw new Refusal('체험용 작업공간에서만 예시로 채울 수 있습니다.');
  if (!(await isUnused(db)))
    throw new Refusal(
      '이미 쓰기 시작한 작업공간은 예시로 채울 수 없습니다.',
      '다른 DATA_DIR로 새로 시작한 뒤 다시 하십시오.',
    );
}

function registration(
  acts: Acts,
  { slackId, agency, department, name, phone, mobile, email }: Official,
  agencyOf: (name: string) => Promise<{ code: string }>,
): Step[] {
  const isNew = slackId === newcomer.slackId;
  const ago = isNew ? 1 : DAYS - 1;
  const file = async () => {
    const { code } = await agencyOf(agency);
    const contact = { agency: code, department, position: '주무관', name, phone, mobile, email };
    return acts.file(slackId, PROCEDURE.registration, '', {
      ...contact,
      consent: 'AGREED',
      proof: 'OFFICER',
    });
  };
  if (isNew) return [{ ago, act: file }];
  return [{ ago, act: async () => acts.approve(FIRST_OFFICER, await file()) }];
}

/** The last business days, the newest first: today, or the last one before it. */
function businessDays(today: string): string[] {
  const days = [previousBusinessDay(addDays(today, 1))];
  while (days.length <= DAYS) days.push(previousBusinessDay(days.at(-1) ?? today));
  return days;
}

/** The time of the `count`-th act on the day `ago` business days ago: every four minutes from 09:00, at most now. */
function at(days: readonly string[], ago: number, count: number, now: Date): Date {
  const morning = startOfDay(days[ago] ?? '').getTime() + 9 * 3_600_000;
  return new Date(Math.min(morning + count * 240_000, now.getTime()));
}
