import { Refusal } from '../core/refusal.ts';
import { officersOnly } from '../records/people/office.ts';
import type { Phrase } from '../store/client/client.ts';
import { holdName } from '../store/hold.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

export const { requireOfficer, requireOffice } = officersOnly(
  '상용구는 표준API 관리자만 관리할 수 있습니다.',
);

/** Slack allows a hundred options in a select. */
const MOST = 100;

/** The phrases that 보완요청 offers, oldest first. */
export function listPhrases(tx: Tx): Promise<Phrase[]> {
  return tx.phrase.findMany({
    where: { removedAt: null },
    orderBy: [{ label: 'asc' }, { addedAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
}

/** @throws Refusal unless the actor is an officer at this moment, or when the list is full */
export async function addPhrase(op: Operation, text: string, label: string): Promise<void> {
  await requireOffice(op.tx, { id: op.author.actor });
  await holdName(op.tx, 'phrases');
  if ((await op.tx.phrase.count({ where: { removedAt: null } })) >= MOST)
    throw new Refusal(`상용구는 ${MOST}개까지 둘 수 있습니다.`, '쓰지 않는 것을 삭제한 뒤 추가하십시오.');
  const same = await op.tx.phrase.count({ where: { text, label, removedAt: null } });
  if (same > 0) throw new Refusal('같은 상용구가 이미 있습니다.');
  const { id } = await op.tx.phrase.create({
    data: { text, label, addedBy: op.author.actor, addedAt: op.now },
  });
  op.audit({ action: 'phrase.add', subject: `phrase:${id}`, data: { text, label } });
}

/** Replaces the text. @throws Refusal unless the actor is an officer at this moment, or when it no longer exists */
export async function editPhrase(op: Operation, id: string, text: string): Promise<void> {
  await requireOffice(op.tx, { id: op.author.actor });
  const { count } = await op.tx.phrase.updateMany({ where: { id, removedAt: null }, data: { text } });
  if (count === 0) throw gone();
  op.audit({ action: 'phrase.edit', subject: `phrase:${id}`, data: { text } });
}

/** @throws Refusal unless the actor is an officer at this moment, or when it no longer exists */
export async function removePhrase(op: Operation, id: string): Promise<void> {
  await requireOffice(op.tx, { id: op.author.actor });
  const { count } = await op.tx.phrase.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: op.now },
  });
  if (count === 0) throw gone();
  op.audit({ action: 'phrase.remove', subject: `phrase:${id}` });
}

const gone = () => new Refusal('이미 삭제한 상용구입니다.', '‘상용구 관리’를 다시 열어 확인하십시오.');
