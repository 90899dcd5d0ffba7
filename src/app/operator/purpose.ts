import type { Db } from '../../store/store.ts';
import { people } from '../demo/local-workspace.ts';

/** The database was made for the other purpose (trial or real use); the message says which, and what to do. */
export class WrongPurpose extends Error {}

const OTHERWISE = {
  TRIAL:
    'This database is for trying out: it holds invented people and sample modules. Real Slack needs one of its own: set another DATABASE_URL or DATA_DIR.',
  REAL: 'This database is in real use, and no Slack is set: invented people do not belong in it. Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET again, or to try out, another DATA_DIR (and no DATABASE_URL).',
} as const;

/**
 * Marks a database at its first start as one for trial or for real use; the mark never changes.
 * @throws WrongPurpose when the database is marked for the other purpose
 */
export async function settlePurpose(db: Db, isLocal: boolean, now: Date): Promise<void> {
  const asked = isLocal ? 'TRIAL' : 'REAL';
  if (!(await db.installation.findUnique({ where: { id: 1 } }))) {
    const purpose = (await formerPurpose(db)) ?? asked;
    await db.installation.createMany({ data: [{ id: 1, purpose, since: now }], skipDuplicates: true }); // two starts at once
  }
  await refuseOtherPurpose(db, asked);
}

/** Checks the purpose without marking. @throws WrongPurpose when the database is for the other purpose */
export async function refuseOtherPurpose(db: Db, asked: 'TRIAL' | 'REAL'): Promise<void> {
  const marked = await db.installation.findUnique({ where: { id: 1 } });
  const purpose = marked?.purpose ?? (await formerPurpose(db)) ?? asked;
  if (purpose !== asked) throw new WrongPurpose(OTHERWISE[purpose]);
}

/** The purpose of a database from a version without marks, told by the people in it. */
async function formerPurpose(db: Db): Promise<'TRIAL' | 'REAL' | null> {
  const invented = { slackId: { in: people.map(({ id }) => id) } };
  if (await db.person.findFirst({ where: invented })) return 'TRIAL';
  return (await db.person.findFirst()) ? 'REAL' : null;
}
