import { parseEmail } from '../../core/contact-rules.ts';
import { Refusal } from '../../core/refusal.ts';
import { BY_MAIL } from '../../messenger/mail/outbox-mail.ts';
import { officersOnly } from '../../records/people/office.ts';
import type { Known } from '../../store/known.ts';
import { type Ground, type Operation, operate } from '../../store/operation.ts';
import { DESK, type OutboxRow } from '../../store/outbox.ts';
import { close, fail, resend } from '../../store/outbox-changes.ts';
import type { Tx } from '../../store/store.ts';
import { failedOfKind, SENT_AT_ONCE } from './deliveries.ts';
import { RETURNED } from './reason.ts';

export const { requireOfficer, requireOffice } = officersOnly(
  '안내 전달은 표준API 관리자만 다룰 수 있습니다.',
);

type Who = Pick<Known, 'id'>;

/** Sends a failed delivery again, rendered from current data. @throws Refusal */
export async function sendAgain(ground: Ground, who: Who, place: string, id: string): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    await takeUp(op, [await getRow(op.tx, id)]);
  });
  ground.wakeOutbox();
}

/** Sends failed deliveries of one kind again, the oldest SENT_AT_ONCE of them. @throws Refusal */
export async function sendAllAgain(ground: Ground, who: Who, place: string, kind: string): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const rows = await failedOfKind(op.tx, kind, SENT_AT_ONCE);
    if (rows.length === 0) throw overtaken();
    await takeUp(op, rows);
  });
  ground.wakeOutbox();
}

/**
 * Corrects the e-mail address of a person without a messenger account, and sends the delivery again.
 * @throws Refusal
 */
export async function correctAddress(
  ground: Ground,
  who: Who,
  place: string,
  id: string,
  typed: string,
): Promise<void> {
  const parsed = parseEmail(typed);
  if (!parsed.ok) throw new Refusal(parsed.message);
  await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const row = await getRow(op.tx, id);
    const { count } = await op.tx.person.updateMany({
      where: { id: row.recipient, slackId: null },
      data: { email: parsed.value },
    });
    if (count !== 1)
      throw new Refusal(
        '메신저를 쓰는 사람의 주소는 고칠 수 없습니다.',
        '본인이 홈에서 사용자 등록을 고칩니다.',
      );
    op.audit({
      action: 'person.email',
      subject: `person:${row.recipient}`,
      person: row.recipient,
      data: { outbox: row.id },
    });
    // One officer alone decides where a licence is sent, so the others are told.
    op.tell({
      key: `corrected:${row.id}:${row.resends}`,
      notice: 'outbox.corrected',
      to: DESK,
      facts: { outboxId: row.id, by: who.id },
    });
    await takeUp(op, [row]);
  });
  ground.wakeOutbox();
}

/** Marks a sent mail as returned: an officer saw that it came back. @throws Refusal */
export async function markReturned(ground: Ground, who: Who, place: string, id: string): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    if (!(await fail(op.tx, id, BY_MAIL, RETURNED)))
      throw new Refusal('반송으로 표시할 수 없는 안내입니다.', '‘보낸 메일’을 다시 열어 확인하십시오.');
    record(op, 'outbox.returned', await getRow(op.tx, id));
  });
}

/** Closes a failed delivery: an officer reached the person in another way. @throws Refusal */
export async function closeFailed(ground: Ground, who: Who, place: string, id: string): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    if (!(await close(op.tx, op.now, id))) throw overtaken();
    record(op, 'outbox.close', await getRow(op.tx, id));
  });
}

async function takeUp(op: Operation, rows: readonly OutboxRow[]): Promise<void> {
  if (!(await resend(op.tx, op.now, rows))) throw overtaken();
  for (const row of rows) record(op, 'outbox.resend', row);
}

function record(op: Operation, action: string, { id, notice, recipient, resends }: OutboxRow): void {
  op.audit({
    action,
    subject: `outbox:${id}`,
    ...(recipient === DESK ? {} : { person: recipient }),
    data: { notice, resends },
  });
}

function overtaken(): Refusal {
  return new Refusal('이미 다시 보냈거나 처리한 안내입니다.', '목록을 다시 열어 확인하십시오.');
}

async function getRow(tx: Tx, id: string): Promise<OutboxRow> {
  const row = await tx.outbox.findUnique({ where: { id } });
  if (!row) throw new Refusal('안내를 찾을 수 없습니다.', '목록을 다시 열어 확인하십시오.');
  return row;
}
