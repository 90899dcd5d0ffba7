import { maskName } from '../core/mask.ts';
import { cut } from '../messenger/blocks.ts';
import type { Answers } from '../messenger/forms/form.ts';
import type { Filing, Person } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { type PointedOut, pointedOut } from './findings.ts';
import type { AnyProcedure } from './procedure.ts';

/** What an approval of a filing does, and what the checks point out first. */
export interface Approval extends PointedOut {
  effect: string;
}

/** Slack's limit for the text of a confirmation, minus the line that counts what was left out. */
const CONFIRM = 300;
const EFFECT = 160;

export async function approvalOf(
  procedure: AnyProcedure,
  tx: Tx,
  filing: Filing,
  answers: Answers,
  /** The applicant, if they were read already. */
  known?: Person,
): Promise<Approval> {
  const applicant = known ?? (await tx.person.findUniqueOrThrow({ where: { id: filing.applicantId } }));
  const { name } = applicant;
  const by = filing.channel === 'PAPER' ? ' (이메일)' : '';
  const to = `${name ? `${maskName(name)} 님` : '신청자'}${by}`;
  const effect = (await procedure.effect?.(tx, filing, answers, to)) ?? `결과를 알리는 곳: ${to}`;
  return { effect, ...(await pointedOut(procedure, tx, filing, answers, applicant)) };
}

/** The text of a confirmation: what the approval does, then as many ✖ and ⚠ as fit; the others are counted. */
export function confirmText(title: string, { effect, stops, looks }: Approval): string {
  const marked = [...stops.map((text) => `✖ ${text}`), ...looks.map((text) => `⚠ ${text}`)];
  const head = `${cut(title, 60)}\n${cut(effect, EFFECT)}`;
  const lines: string[] = [];
  for (const line of marked) {
    const remaining = marked.length - lines.length;
    const room = CONFIRM - [head, ...lines].join('\n').length - 12;
    if (room < 20 || (remaining > 1 && line.length > room)) break;
    lines.push(cut(line, room));
  }
  const rest = marked.length - lines.length;
  return [head, ...lines, ...(rest > 0 ? [`그 밖에 ${rest}건`] : [])].join('\n');
}
