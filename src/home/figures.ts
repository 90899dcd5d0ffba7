import { anyOf, OPEN } from '../records/filings/states.ts';
import { IN_FORCE } from '../records/in-force.ts';
import type { Tx } from '../store/store.ts';

/** Others (a change of contact, an incident) are no API 신청서. */
const TO_A_LICENCE = ['application', 'resultReport', 'temporaryReissue'];

/** The three figures of the guide's first screen (1.2), for one applicant. */
export interface Figures {
  /** 전체 보급건수: regular licences issued and in force. */
  distributed: number;
  /** API 신청중: those on the way to a licence. */
  applying: number;
  /** Q&A문의진행: own questions that are not closed. */
  asking: number;
}

export async function countFigures(tx: Tx, personId: string): Promise<Figures> {
  const [distributed, applying, asking] = await Promise.all([
    tx.licence.count({
      where: { kind: 'REGULAR', ...IN_FORCE, system: { contactId: personId } },
    }),
    tx.filing.count({
      where: {
        applicantId: personId,
        procedure: { in: TO_A_LICENCE },
        state: anyOf(OPEN),
      },
    }),
    tx.question.count({ where: { askerId: personId, state: { not: 'CLOSED' } } }),
  ]);
  return { distributed, applying, asking };
}
