import type { Db } from '../../store/store.ts';

/** Whether it is a trial database in which nobody has begun anything. */
export async function isUnused(db: Db): Promise<boolean> {
  const installation = await db.installation.findUnique({ where: { id: 1 } });
  if (installation?.purpose !== 'TRIAL') return false;
  const [filing, draft, question] = [
    await db.filing.findFirst({ select: { id: true } }),
    await db.draft.findFirst({ select: { id: true } }),
    await db.question.findFirst({ select: { id: true } }),
  ];
  return filing === null && draft === null && question === null;
}
