import { seoulDay } from '../../core/calendar.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Click } from '../../messenger/click.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { officersOnly } from '../../records/people/office.ts';
import { read } from '../../store/ask.ts';
import { dueOf, isDueKind } from './due.ts';
import { DUE, DUE_EXPORT, DUE_FILTER, DUE_PAGES, type DueAt, dueView } from './due-view.ts';
import { exportView } from './export-view.ts';

const { requireOfficer } = officersOnly('기한 관리는 표준API 관리자만 봅니다.');

/** 기한 관리: deadlines that have passed or are near, by kind and in pages. */
export function registerDue({ onAction, onActionsUnder }: Messenger, { db, now }: Filings) {
  const draw = async ({ kind, page }: DueAt) => {
    const at = now();
    return dueView(await read(db, dueOf(at, kind, page)), { kind, page }, seoulDay(at));
  };

  onAction(DUE, async ({ who, show }) => {
    requireOfficer(who);
    await show(await draw({ kind: null, page: 0 }));
  });

  const turn = async ({ who, value, redraw }: Click) => {
    requireOfficer(who);
    await redraw(await draw(readAt(value)));
  };
  onAction(DUE_FILTER, turn);
  onActionsUnder(DUE_PAGES, turn);

  onAction(DUE_EXPORT, async ({ who, show }) => {
    requireOfficer(who);
    await show(exportView('due'));
  });
}

/** Reads a button's value; a value that is not valid means the whole list. */
function readAt(value: string): DueAt {
  const [kind = '', page = ''] = value.split('|');
  return {
    kind: isDueKind(kind) ? kind : null,
    page: Math.min(100_000, Math.max(0, Math.floor(Number(page)) || 0)),
  };
}
