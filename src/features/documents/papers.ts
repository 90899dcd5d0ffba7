import { apiPaper } from './api-paper.ts';
import type { Paper } from './paper.ts';
import { reportPaper } from './report-paper.ts';
import { scvpPaper } from './scvp-paper.ts';

/** The paper forms of the guide and the 적용결과표, by the names that buttons and messages use. */
export const papers = { api: apiPaper, scvp: scvpPaper, report: reportPaper } as const;
type PaperName = keyof typeof papers;

export const isPaperName = (name: string): name is PaperName => Object.hasOwn(papers, name);

/** The paper form that has the same content as this procedure, or null. */
export function paperOf(procedure: string): Paper | null {
  return Object.values(papers).find((paper) => paper.procedure === procedure) ?? null;
}
