import type { Db } from '../../store/store.ts';
import { people } from '../demo/local-workspace.ts';

/** The database is for the other purpose; the message says which, and what to do. */
export class WrongPurpose extends Error {}

const OTHERWISE = {
  TRIAL:
    'This database is for trying out: it holds invented people and sample modules. Real Slack needs one of its own: set another DATABASE_URL or DATA_DIR.',
  REAL: 'This database is in real use, and no Slack is set: invented people do not belong in it. Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET again, or to try out, another DATA_DIR (and no DATABASE_URL).',
} as const;

/**
 * Marks the database at its first start as one for trying out or for real use, for good.
 * @throws WrongPurpose when it was marked otherwise
 */
export async function settlePurpose(db: Db, isLocal: boolean, now: Date): Promise<void> {
  const asked = isLocal ? 'TRIAL' : 'REAL';
  if (!(await db.installation.findUnique({ where: { id: 1 } }))) {
    const purpose = (await formerPurpose(db)) ?? asked;
    await db.installation.createMany({ data: [{ id: 1, purpose, since: now }], skipDuplicates: true }); // two starts at once
  }
  await refuseOtherPurpose(db, asked);
}

/** Marks nothing. @throws WrongPurpose when the database is known to be for something else */
export async function refuseOtherPurpose(db: Db, asked: 'TRIAL' | 'REAL'): Promise<void> {
  const marked = await db.installation.findUnique({ where: { id: 1 } });
  const purpose = marked?.purpose ?? (await formerPurpose(db)) ?? asked;
  if (purpose !== asked) throw new WrongPurpose(OTHERWISE[purpose]);
}

/** What a database was used for before there was a mark: its people tell. */
async function formerPurpose(db: Db): Promise<'TRIAL' | 'REAL' | null> {
  const invented = { slackId: { in: people.map(({ id }) => id) } };
  if (await db.person.findFirst({ where: invented })) return 'TRIAL';
  return (await db.person.findFirst()) ? 'REAL' : null;
}
