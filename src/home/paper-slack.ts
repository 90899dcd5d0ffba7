import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { PAPER_ENTRY } from '../filing/begin-buttons.ts';
import { NEXT_ON_LETTER } from '../filing/buttons.ts';
import { PAPER_REPORT } from '../filing/card.ts';
import { requireOfficer } from '../filing/drafts.ts';
import { draftOnLetter } from '../filing/next-on-letter.ts';
import type { Filings } from '../filing/procedure.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { paperSystems, systemsAwaitingPaperReport } from '../records/systems/paper-report.ts';
import { chooseLetterView, chooseReportView, chooseSystemView, letterProcedures } from './paper.ts';

/** Officers enter filings that came on paper or by mail. Who enters a filing may not approve it (filing/steps.ts). */
export function registerPaper(
  { onAction, onActionsUnder }: Messenger,
  { filings, begin }: { filings: Filings; begin: Begin },
) {
  onAction(NEXT_ON_LETTER, async (click) => {
    const { who, value } = click;
    const note = await draftOnLetter(filings, who, value);
    await begin(click, PROCEDURE.application, 'paper', note);
  });

  onAction(PAPER_ENTRY, async (click) => {
    requireOfficer(click.who);
    const procedures = letterProcedures(filings);
    const [only] = procedures;
    if (only && procedures.length === 1) return begin(click, only.name, 'paper');
    await click.show(chooseLetterView(procedures));
  });

  onActionsUnder(PAPER_ENTRY, async (click, asked) => {
    requireOfficer(click.who);
    const chosen = letterProcedures(filings).find(({ name }) => name === asked);
    if (!chosen) throw new Refusal('알 수 없는 신청서입니다.', '홈에서 ‘공문 접수 등록’을 다시 누르십시오.');
    if (chosen.paperOf !== 'system') return begin(click, chosen.name, 'paper');
    if (click.value) return begin(click, chosen.name, `paper:system:${click.value}`);
    await click.redraw(chooseSystemView(chosen, await paperSystems(filings.db)));
  });

  onAction(PAPER_REPORT, async (click) => {
    requireOfficer(click.who);
    if (click.value) return begin(click, PROCEDURE.resultReport, `paper:system:${click.value}`);
    await click.show(chooseReportView(await systemsAwaitingPaperReport(filings.db, seoulDay(filings.now()))));
  });
}
