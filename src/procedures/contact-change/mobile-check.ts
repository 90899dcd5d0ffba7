import { koreanDateTime } from '../../core/calendar.ts';
import type { DraftScene } from '../../filing/procedure.ts';
import { type Ground, operate } from '../../store/operation.ts';

/** Wrong numbers for one person in a day; more would be guessing. */
const ATTEMPTS = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
const MISMATCH = 'contact.mismatch';

/**
 * Whether this is the registered mobile number of the person; guide 1.8 has it typed again. Wrong numbers are counted
 * in the audit trail. The answer never reveals the right number, nor, after too many attempts, whether one was right.
 * @returns the refusal, or null
 */
export async function refuseWrongMobile(
  ground: Ground,
  { who, place }: DraftScene,
  personId: string,
  mobile: string,
): Promise<string | null> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    // One at a time, so that simultaneous attempts are all counted.
    await op.tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${who.id} FOR UPDATE`;
    const wrong = await op.tx.audit.findMany({
      where: { actor: who.id, action: MISMATCH, at: { gt: new Date(op.now.getTime() - DAY_MS) } },
      orderBy: { seq: 'desc' },
      take: ATTEMPTS,
    });
    const first = wrong[ATTEMPTS - 1];
    if (first) {
      const until = koreanDateTime(new Date(first.at.getTime() + DAY_MS));
      return `휴대폰번호를 ${ATTEMPTS}번 잘못 입력하여 ${until}까지 확인할 수 없습니다. 새 담당자에게 번호를 확인하십시오.`;
    }
    const person = await op.tx.person.findUnique({ where: { id: personId } });
    if (person?.mobile === mobile) return null;
    op.audit({ action: MISMATCH, subject: `person:${personId}`, person: personId });
    return `새 담당자의 등록된 휴대폰번호와 다릅니다. 새 담당자에게 확인하여 다시 입력하십시오. (${wrong.length + 1}/${ATTEMPTS}회)`;
  });
}
