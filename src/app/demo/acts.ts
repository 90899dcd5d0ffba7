import { seoulDay } from '../../core/calendar.ts';
import { decideFiling } from '../../filing/decide.ts';
import type { Decision } from '../../filing/decision.ts';
import { openDraft, saveDraft } from '../../filing/drafts.ts';
import { type Filings, getFillable } from '../../filing/procedure.ts';
import { submitFiling } from '../../filing/submit.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import type { Subject } from '../../records/filings/subject.ts';
import { whoIs } from '../../records/people/who.ts';
import type { Filing } from '../../store/client/client.ts';

export const PLACE = 'demo';

/** What people do in the example office, through the same operations as a click. */
export class Acts {
  readonly filings: Filings;

  constructor(filings: Filings) {
    this.filings = filings;
  }

  get today(): string {
    return seoulDay(this.filings.now());
  }

  who(slackId: string) {
    return whoIs(this.filings.db, slackId);
  }

  /**
   * Opens, fills and submits a form. @param typed answers besides the prefilled ones; `undefined` keeps the prefilled
   * answer
   */
  async file(slackId: string, procedure: string, subject: Subject, typed: Answers): Promise<Filing> {
    const { db, now } = this.filings;
    const who = await this.who(slackId);
    const form = getFillable(this.filings, procedure);
    const draft = await openDraft(db, now(), form, who, subject);
    const filled = await saveDraft(db, now(), draft, typed, form.form.steps.length);
    return submitFiling(this.filings, { who, place: PLACE }, filled.id, this.today);
  }

  async decide(slackId: string, decision: Decision): Promise<Filing> {
    return decideFiling(this.filings, { who: await this.who(slackId), place: PLACE }, decision);
  }

  approve(slackId: string, { id, revision }: Filing): Promise<Filing> {
    return this.decide(slackId, { verb: 'filing.approve', filingId: id, revision });
  }
}
