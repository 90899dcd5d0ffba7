import { FAQ } from '../../features/board/resources/form.ts';
import { starterFaq } from '../../features/board/resources/starter-faq.ts';
import { starterPapers } from '../../features/board/resources/starter-papers.ts';
import { type Ground, operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

/**
 * Puts the first entries into the library (자료실): the FAQ if the library never held anything, and the guide and each
 * form if it was never there. What officers changed or withdrew is left as it is.
 */
export async function seedResources(ground: Ground): Promise<void> {
  const missing = await missingFrom(ground.db);
  if (missing.length === 0) return;
  await operate(ground, { actor: 'bot', place: 'start' }, async ({ tx, now, audit }) => {
    await tx.$executeRaw`LOCK TABLE "Resource" IN EXCLUSIVE MODE`; // two processes may start at once
    const added = await missingFrom(tx);
    for (const { id, category, title, text } of added) {
      const by = { by: 'bot', at: now };
      await tx.resource.create({
        data: {
          ...(id ? { id } : {}),
          category,
          title,
          text,
          addedBy: 'bot',
          addedAt: now,
          changedAt: now,
          versions: { create: [{ number: 1, title, text, ...by }] },
        },
      });
    }
    if (added.length > 0)
      audit({ action: 'resource.import', subject: 'file:starter', data: { added: added.length } });
  });
}

interface Starter {
  id?: string;
  category: string;
  title: string;
  text: string;
}

async function missingFrom(tx: Pick<Tx, 'resource'>): Promise<Starter[]> {
  const known = await tx.resource.findMany({
    where: { id: { in: starterPapers.map(({ id }) => id) } },
    select: { id: true },
  });
  const papers = starterPapers.filter(({ id }) => !known.some((one) => one.id === id));
  if (papers.length === 0) return [];
  const faq = (await tx.resource.count()) > 0 ? [] : starterFaq.map((one) => ({ ...one, category: FAQ }));
  return [...faq, ...papers];
}
