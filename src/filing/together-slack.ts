import type { Outcome } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { officersOnly } from '../records/people/office.ts';
import type { Known } from '../store/known.ts';
import type { Filings } from './procedure.ts';
import { approveTogether, plainFilings } from './together.ts';
import {
  TOGETHER,
  TOGETHER_CHOSEN,
  TOGETHER_PAGE,
  targetsOf,
  tickedIn,
  togetherOutcome,
  togetherView,
  untroubled,
} from './together-view.ts';

const { requireOfficer } = officersOnly('일괄 승인은 표준API 관리자만 할 수 있습니다.');

/** 일괄 승인: plain filings, chosen in a window and approved one by one. */
export function registerTogether(
  { onAction, onActionsUnder, onSubmit, log }: Messenger,
  { filings, refreshHome }: { filings: Filings; refreshHome: (slackId: string) => void },
): void {
  async function opened(who: Known, page: number) {
    requireOfficer(who);
    const found = await plainFilings(filings, filings.db, who, page);
    return togetherView(found, untroubled(found));
  }

  onAction(TOGETHER, async ({ who, show }) => show(await opened(who, 0)));

  onActionsUnder(TOGETHER_PAGE, async ({ who, value, redraw }) => redraw(await opened(who, Number(value))));

  // Redrawn, because the button counts the ticks.
  onAction(TOGETHER_CHOSEN, async ({ who, view, redraw }) => {
    requireOfficer(who);
    if (!view) return;
    const found = await plainFilings(filings, filings.db, who, Number(view.metadata.page));
    await redraw(togetherView(found, tickedIn(view.values)));
  });

  onSubmit(TOGETHER, async ({ who, place, view }): Promise<Outcome> => {
    const chosen = targetsOf(tickedIn(view.values));
    const outcomes = await approveTogether(filings, { who, place }, chosen, (error) =>
      log.error({ err: error, what: TOGETHER }, 'one of several was not approved'),
    );
    refreshHome(who.slackId ?? '');
    return { update: togetherOutcome(outcomes) };
  });
}
