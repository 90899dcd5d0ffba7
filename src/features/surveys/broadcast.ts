import { nextSendingTime, seoulDay } from '../../core/calendar.ts';
import type { BroadcastKind } from '../../store/broadcast.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { ASKED_MESSAGE, showBoard } from './conduct.ts';
import { inScope, isOpen, storedScope } from './round.ts';

/** The next contacts with systems in the round's scope that are not added to the round yet, in the order of ids. */
async function nextContacts(
  tx: Tx,
  round: SurveyRound,
  after: string,
  limit: number,
): Promise<{ id: string; reachable: boolean }[]> {
  return tx.$queryRaw`
    SELECT p.id, p."deactivatedAt" IS NULL AND (p."slackId" IS NOT NULL OR p.email IS NOT NULL) AS reachable
    FROM "Person" p WHERE p.id > ${after} AND EXISTS (
      SELECT 1 FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode"
      WHERE s."contactId" = p.id AND ${inScope(storedScope(round))} AND NOT EXISTS (
        SELECT 1 FROM "SurveyTarget" t WHERE t."roundId" = ${round.id} AND t."systemId" = s.id))
    ORDER BY p.id LIMIT ${limit}`;
}

/** Adds the systems of these people to the round. */
function takeIn(tx: Tx, round: SurveyRound, people: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "SurveyTarget" ("roundId", "systemId", "personId")
    SELECT ${round.id}, s.id, s."contactId" FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode"
    WHERE s."contactId" = ANY(${people}::text[]) AND ${inScope(storedScope(round))}
    ON CONFLICT DO NOTHING`;
}

/**
 * Adds the systems to a round, contact by contact, each with all their systems, and sends them the message at the next
 * sending time after its opening. At the end it starts at the first id again, to find systems that meanwhile got a
 * contact whose id had been passed.
 */
export const surveyBroadcast: BroadcastKind = {
  notice: ASKED_MESSAGE,
  fact: 'roundId',
  atOnce: 100, // people, each with all their systems

  async next(op: Operation, roundId, after, limit) {
    const { tx, now } = op;
    const round = await tx.surveyRound.findUniqueOrThrow({ where: { id: roundId } });
    if (!isOpen(round, seoulDay(now))) return { last: null };
    const following = await nextContacts(tx, round, after, limit);
    const people = following.length > 0 ? following : await nextContacts(tx, round, '', limit);
    if (people.length === 0) {
      showBoard(op, roundId, true);
      return { last: null };
    }
    await takeIn(
      tx,
      round,
      people.map(({ id }) => id),
    );
    const notBefore = nextSendingTime(round.openedAt, await readExtraHolidays(tx));
    return {
      last: people.at(-1)?.id ?? null,
      told: {
        people: people.filter(({ reachable }) => reachable).map(({ id }) => id),
        facts: { roundId },
        notBefore,
      },
    };
  },
};
