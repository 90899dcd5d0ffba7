import type { Finding } from '../core/finding.ts';
import { maskWithin } from '../core/mask.ts';
import { Refusal } from '../core/refusal.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { getPerson } from '../records/people/who.ts';
import type { Person } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import type { AnyProcedure, Checked } from './procedure.ts';

/** The automatic checks of a filing: first those for every procedure, then the procedure's own. */
export async function findingsOn(
  procedure: AnyProcedure,
  tx: Tx,
  filing: Checked,
  answers: Answers,
  /** The applicant, if they were read already. */
  known?: Person,
): Promise<Finding[]> {
  const applicant = known ?? (await getPerson(tx, filing.applicantId));
  const gone: Finding[] =
    applicant.deactivatedAt && !procedure.outlivesApplicant
      ? [{ level: 'stop', text: '신청자가 비활성화된 사용자입니다. 기관에 새 담당자를 확인하십시오.' }]
      : [];
  return [...gone, ...(await procedure.findings(tx, filing, answers, applicant))];
}

/** What the checks point out, masked: what blocks an approval, and what to look at. */
export interface PointedOut {
  stops: string[];
  looks: string[];
}

/**
 * Runs the checks. If one of them refuses, that blocks only its own filing. @throws any error that is not a Refusal
 */
export async function pointedOut(...of: Parameters<typeof findingsOn>): Promise<PointedOut> {
  const { stops, looks } = await found(...of);
  const said = ({ text, outside }: Finding) => outside ?? maskWithin(text);
  return { stops: stops.map(said), looks: looks.map(said) };
}

/** How much that is, for the queue. */
export async function countPointedOut(
  ...of: Parameters<typeof findingsOn>
): Promise<{ stops: number; looks: number }> {
  const { stops, looks } = await found(...of);
  return { stops: stops.length, looks: looks.length };
}

async function found(...of: Parameters<typeof findingsOn>): Promise<{ stops: Finding[]; looks: Finding[] }> {
  const findings = await findingsOn(...of).catch((error: unknown): Finding[] => {
    if (!(error instanceof Refusal)) throw error;
    return [{ level: 'stop', text: error.message }];
  });
  return {
    stops: findings.filter(({ level }) => level === 'stop'),
    looks: findings.filter(({ level }) => level === 'look'),
  };
}

/** `✖ 1 · ⚠ 5`; empty when nothing is pointed out. */
export function countsText({ stops, looks }: { stops: number | null; looks: number | null }): string {
  return [stops ? `✖ ${stops}` : '', looks ? `⚠ ${looks}` : ''].filter(Boolean).join(' · ');
}
