import { koreanDateTime } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import type { Labelled } from '../messenger/blocks.ts';
import type { Tx } from '../store/store.ts';
import { BOT, BOT_LABEL } from './decider.ts';
import { steps, type Verb } from './steps.ts';

/** The steps of a filing in words. The audit trail also has its readings; the history leaves them out. */
const words: Record<string, string> = {
  'filing.submit': '제출',
  'filing.resubmit': '다시 제출',
  ...Object.fromEntries(
    (Object.keys(steps) as Verb[])
      .filter((verb) => verb !== 'filing.resubmit')
      .map((verb) => [verb, steps[verb].label]),
  ),
};

/**
 * Who did what and when, oldest first, from the audit trail. Names are masked; what was written is left out once the
 * case is destroyed.
 */
export async function historyLines(tx: Tx, filingId: string): Promise<Labelled[]> {
  const rows = await tx.audit.findMany({
    where: { subject: `filing:${filingId}`, action: { in: Object.keys(words) } },
    orderBy: { seq: 'asc' },
  });
  const destroyed = await tx.destruction.count({ where: { filingId } });
  const people = await tx.person.findMany({ where: { id: { in: rows.map((row) => row.actor) } } });
  const names = new Map(people.map(({ id, name }) => [id, name ? maskName(name) : null]));
  return rows.map((row) => {
    const reason = destroyed ? null : (row.data as { reason?: string | null }).reason;
    const who = row.actor === BOT.id ? BOT_LABEL : (names.get(row.actor) ?? '담당자');
    return {
      label: koreanDateTime(row.at),
      text: `${words[row.action]} · ${who}${reason ? ` · 사유: ${reason}` : ''}`,
    };
  });
}
