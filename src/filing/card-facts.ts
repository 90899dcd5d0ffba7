import { z } from 'zod';
import { readValues } from '../messenger/forms/answers.ts';
import { filingRow } from '../records/rows.ts';
import { all, read, rowOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { concernedIn, type ReadFiling } from './concerned.ts';

/** What the officers' card of a filing is drawn from, besides what the checks find. */
interface CardFacts extends ReadFiling {
  /** Names of who decided and of who entered it from paper: '' without a name, null without such a person. */
  decider: string | null;
  enterer: string | null;
  /** Whether it waits, or has waited, for the person whom it names, and officers have never seen it. */
  unseen: boolean;
}

const row = z.object({
  filing: filingRow,
  answers: z.custom<Prisma.JsonValue>(),
  decider: z.string().nullable(),
  enterer: z.string().nullable(),
  unseen: z.boolean(),
});

/** Read in one statement, because every submission and every decision draws a card. */
export async function findCardFacts(tx: Tx, filingId: string): Promise<CardFacts | null> {
  const found = rowOf(
    Prisma.sql`
      SELECT to_jsonb(f) AS filing, r.answers,
        (SELECT COALESCE(p.name, '') FROM "Person" p WHERE p.id = f."decidedBy") AS decider,
        (SELECT COALESCE(p.name, '') FROM "Person" p WHERE p.id = f."enteredBy") AS enterer,
        f."namedId" IS NOT NULL AND NOT EXISTS (SELECT FROM "Card" c WHERE c.subject = f.id) AS unseen
      FROM "Filing" f LEFT JOIN "Revision" r ON r."filingId" = f.id AND r.number = f.revision
      WHERE f.id = ${filingId}`,
    row,
  );
  const { card, concerned } = await read(tx, all({ card: found, concerned: concernedIn(filingId) }));
  return card && concerned && { ...card, answers: readValues(card.answers), concerned };
}
