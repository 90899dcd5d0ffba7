import type { Db } from '../../store/store.ts';

/** Whether nobody has used this database yet: it has no filing, draft or question. */
export async function isUnused(db: Db): Promise<boolean> {
  const [filing, draft, question] = [
    await db.filing.findFirst({ select: { id: true } }),
    await db.draft.findFirst({ select: { id: true } }),
    await db.question.findFirst({ select: { id: true } }),
  ];
  return filing === null && draft === null && question === null;
}
