import { FILING_DETAIL, HOME_PAGE, SYSTEM_DETAIL } from '../filing/buttons.ts';
import { readTarget } from '../filing/card.ts';
import { decideFiling } from '../filing/decide.ts';
import { type Filings, getFillable, getProcedure } from '../filing/procedure.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { officersOnly } from '../records/people/office.ts';
import { read } from '../store/ask.ts';
import { registerBegin } from './begin-slack.ts';
import { filingDetail, systemDetail, systemMenu } from './detail.ts';
import { deleteFilesOf, discardDraft } from './discard-draft.ts';
import { homeView } from './home.ts';
import { enrolled } from './officer.ts';
import { firstButtons } from './official.ts';
import type { OpenHomes } from './open-homes.ts';
import { QUEUE_FILTER, readFilter } from './queue.ts';
import { SYSTEM_WORK } from './system-works.ts';
import { TODO, todoView } from './todo.ts';
import { DISCARD_DRAFT } from './unfinished.ts';
import { ALL_WORK, DESK_WORK, officerMenu, officialMenu } from './work-menu.ts';

const { requireOfficer } = officersOnly('관리 업무는 표준API 관리자만 할 수 있습니다.');

interface HomeParts {
  filings: Filings;
  begin: Begin;
  refreshHome: (slackId: string) => void;
  openHomes: Pick<OpenHomes, 'opened' | 'turned'>;
}

/** Registers the buttons of the home. */
export function registerHome(messenger: Messenger, parts: HomeParts) {
  registerBegin(messenger, parts);
  const { filings, refreshHome, openHomes } = parts;
  const { db } = filings;
  const { onAction, onActionsUnder } = messenger;
  messenger.onHomeOpened((slackId) => {
    openHomes.opened(slackId);
    refreshHome(slackId);
  });

  onAction('filing.withdraw', async ({ who, place, value, show }) => {
    const filing = await decideFiling(
      filings,
      { who, place },
      { verb: 'filing.withdraw', ...readTarget(value) },
    );
    refreshHome(who.slackId ?? '');
    const { document } = getProcedure(filings, filing.procedure);
    await show(noteView('삭제했습니다', [`${document}: ${filing.title} (접수번호 ${filing.number})`]));
  });

  onAction(DISCARD_DRAFT, async (click) => {
    const draft = await discardDraft(filings, click, click.value);
    refreshHome(click.who.slackId ?? '');
    await click.show(
      noteView('삭제했습니다', [`작성하던 ${getFillable(filings, draft.procedure).document}`]),
    );
    await deleteFilesOf(filings, click, draft);
  });

  onAction(SYSTEM_DETAIL, async ({ who, value, show }) => show(await systemDetail(filings, db, who, value)));
  onAction(SYSTEM_WORK, async ({ who, value, show }) => show(await systemMenu(filings, db, who, value)));
  onAction(FILING_DETAIL, async ({ who, value, show }) => show(await filingDetail(filings, db, who, value)));

  onActionsUnder(HOME_PAGE, async ({ who, value, publishHome }) => {
    openHomes.turned(who.slackId ?? '');
    await publishHome(await homeView(filings, who, { page: Number(value) }));
  });

  onActionsUnder(QUEUE_FILTER, async ({ who, value, publishHome }) => {
    openHomes.turned(who.slackId ?? '');
    await publishHome(await homeView(filings, who, { queue: readFilter(filings, value) }));
  });

  onAction(TODO, async ({ who, show }) => show(await todoView(filings, db, who)));

  onAction(ALL_WORK, async ({ show }) => {
    const first = firstButtons(filings).flatMap(({ action_id }) => action_id ?? []);
    await show(officialMenu(filings, new Set(first)));
  });

  onAction(DESK_WORK, async ({ who, show }) => {
    requireOfficer(who);
    await show(officerMenu(filings, who, await read(db, enrolled(who))));
  });
}
