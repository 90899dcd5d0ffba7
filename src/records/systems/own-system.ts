import { Refusal } from '../../core/refusal.ts';
import type { System } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { systemIdOf } from '../filings/subject.ts';

/**
 * The system that a draft's subject names (`system:ID`), for its contact. `what`: what the person is about to do, in
 * their words: `적용결과표 제출`.
 * @throws Refusal when this person is not the contact, or the system is retired
 */
export async function getOwnSystem(tx: Tx, personId: string, subject: string, what: string): Promise<System> {
  const system = await tx.system.findUnique({ where: { id: systemIdOf(subject) } });
  if (system?.contactId !== personId) {
    throw new Refusal(`담당하는 시스템만 할 수 있습니다: ${what}`, '홈의 목록에서 시스템을 확인하십시오.');
  }
  requireInUse(system);
  return system;
}

/**
 * The system about which an officer enters what came on paper, because its contact has no messenger account. `what`:
 * what the officer is about to enter: `적용결과표 제출`.
 * @throws Refusal
 */
export async function getPaperSystem(tx: Tx, subject: string, what: string): Promise<System> {
  const system = await tx.system.findUnique({
    where: { id: systemIdOf(subject) },
    include: { contact: { select: { slackId: true } } },
  });
  if (!system) throw new Refusal(`시스템을 고르지 않았습니다: ${what}`, '홈에서 단추를 다시 누르십시오.');
  requireInUse(system);
  if (system.contact.slackId)
    throw new Refusal('담당자가 메신저를 쓰는 시스템입니다.', `담당자가 홈에서 직접 합니다: ${what}`);
  return system;
}

/** @throws Refusal when the system is retired */
function requireInUse({ retiredAt }: Pick<System, 'retiredAt'>): void {
  if (!retiredAt) return;
  throw new Refusal(
    '미사용 처리된 시스템입니다.',
    '다시 사용하려면 홈의 ‘이용신청서 작성’에서 새로 신청하십시오.',
  );
}

/**
 * Locks the systems until the transaction ends: of two changes at once, the second reads the result of the first. The
 * engine locks the system that a submission is about. A procedure that finds systems among the answers locks those.
 */
export function lockSystems(tx: Tx, systemIds: readonly string[]): Promise<Locked[]> {
  return tx.$queryRaw`
    SELECT id, "retiredAt" FROM "System" WHERE id = ANY(${[...systemIds]}) ORDER BY id FOR UPDATE`;
}

/** A system's state, which stays until the transaction ends. */
interface Locked {
  id: string;
  retiredAt: Date | null;
}

/**
 * Locks the system until the transaction ends, so that nothing happens to it while it is being retired.
 * @param locked the systems that the transaction has locked already
 * @throws Refusal
 */
export async function holdInUse(tx: Tx, systemId: string, locked: readonly Locked[] = []): Promise<void> {
  const held = locked.filter(({ id }) => id === systemId);
  const [system] = held.length > 0 ? held : await lockSystems(tx, [systemId]);
  if (system) requireInUse(system);
}
