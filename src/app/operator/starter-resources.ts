import { FAQ } from '../../features/board/resources/form.ts';
import { starterFaq } from '../../features/board/resources/starter-faq.ts';
import { type Ground, operate } from '../../store/operation.ts';

/** The FAQ that comes with the bot, into a library that never held anything: what officers change or withdraw stays so. */
export async function seedResources(ground: Ground): Promise<void> {
  if ((await ground.db.resource.count()) > 0) return;
  await operate(ground, { actor: 'bot', place: 'start' }, async ({ tx, now, audit }) => {
    await tx.$executeRaw`LOCK TABLE "Resource" IN EXCLUSIVE MODE`; // two starts at once
    if ((await tx.resource.count()) > 0) return;
    for (const { title, text } of starterFaq) {
      const by = { by: 'bot', at: now };
      await tx.resource.create({
        data: {
          category: FAQ,
          title,
          text,
          addedBy: 'bot',
          addedAt: now,
          changedAt: now,
          versions: { create: [{ number: 1, title, text, ...by }] },
        },
      });
    }
    audit({ action: 'resource.import', subject: 'file:starter-faq.ts', data: { added: starterFaq.length } });
  });
}
