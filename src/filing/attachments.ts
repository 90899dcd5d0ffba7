import type { KnownBlock } from '@slack/types';
import { koreanDateTime } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import { button, context, divider, section, title } from '../messenger/blocks.ts';
import { fileSize } from '../messenger/forms/answers.ts';
import type { filesOf } from '../messenger/forms/form-view.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

/** Action id of an attachment's button; also the audit action of opening it. */
export const ATTACHMENT = 'filing.attachment';
/** How many officers who opened an attachment are listed, the latest first. */
const SHOWN_OPENINGS = 3;

/** The attachments, each with its button and the officers who opened it. */
export async function attachmentPart(
  tx: Tx,
  filing: Filing,
  files: ReturnType<typeof filesOf>,
): Promise<KnownBlock[]> {
  if (files.length === 0) return [];
  const opened = await openedFiles(tx, filing);
  return [
    divider,
    title('첨부파일'),
    context('‘열기’를 누르면 이 앱의 ‘메시지’로 보내 드립니다. 받은 기록이 남습니다.'),
    ...files.map(({ name, label, ref }) =>
      section(
        [`${label} (${fileSize(ref.size)})`, ...(opened.get(name) ?? [])].join('\n'),
        button(`${ATTACHMENT}.${name}`, `${label} 열기`, { value: `${filing.id}:${name}` }),
      ),
    ),
  ];
}

/** For each field the officers who opened the file of this revision, and when each last did. */
async function openedFiles(tx: Tx, { id, submittedAt }: Filing): Promise<Map<string, string[]>> {
  const rows = await tx.audit.findMany({
    where: { subject: `filing:${id}`, action: ATTACHMENT, at: { gte: submittedAt } },
    orderBy: { seq: 'desc' },
  });
  const people = await tx.person.findMany({ where: { id: { in: rows.map(({ actor }) => actor) } } });
  const names = new Map(people.map(({ id: person, name }) => [person, name ? maskName(name) : '관리자']));
  const last = new Map<string, Map<string, string>>();
  for (const { data, actor, at } of rows) {
    const { field } = data as { field?: string };
    if (!field) continue;
    const by = last.get(field) ?? new Map<string, string>();
    last.set(field, by);
    if (!by.has(actor)) by.set(actor, `✔ ${names.get(actor) ?? '관리자'} 열어 봄 (${koreanDateTime(at)})`);
  }
  return new Map([...last].map(([field, by]) => [field, [...by.values()].slice(0, SHOWN_OPENINGS)]));
}
