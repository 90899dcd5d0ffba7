import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Outcome, Scene } from '../../messenger/click.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { findCandidates } from '../../procedures/destruction/candidates.ts';
import { officersOnly, readersOnly } from '../../records/people/office.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import { addMonths, isMonth, koreanMonth, monthOf, monthsBetween } from './month.ts';
import { isExportFormat } from './person-export.ts';
import {
  ACCESS_REPORT,
  AUDIT_EXPORT,
  CANDIDATES,
  candidatesView,
  chosenMonth,
  MY_DATA,
  MY_EXPORT,
  monthView,
  myDataView,
} from './privacy-view.ts';

/** How many months can be chosen: access records are kept for at least two years. */
const MONTHS_OFFERED = 24;
const LISTED = 50;

const { requireOfficer } = officersOnly('파기 대상은 표준API 관리자만 볼 수 있습니다.');

/** The monthly files, and who may order each. */
const monthly = {
  [ACCESS_REPORT]: {
    label: '접속기록 보고서',
    requireReader: readersOnly('접속기록 보고서는 표준API 관리자와 감사자만 받을 수 있습니다.'),
  },
  [AUDIT_EXPORT]: {
    label: '감사기록',
    requireReader: ({ auditor }: Known) => {
      if (!auditor) throw new Refusal('감사기록은 감사자만 내려받을 수 있습니다.');
    },
  },
} as const;

/** Registers the privacy windows: 접속기록 보고서, 감사기록, 내 정보, 파기 대상. */
export function registerPrivacy(messenger: Messenger, { filings }: { filings: Filings }) {
  const { db, now } = filings;

  for (const what of [ACCESS_REPORT, AUDIT_EXPORT] as const) {
    const { label, requireReader } = monthly[what];

    messenger.onAction(what, async ({ who, value, show }) => {
      requireReader(who);
      const current = monthOf(now());
      const first = await db.audit.findFirst({ orderBy: { seq: 'asc' }, select: { at: true } });
      const months = monthsBetween(first ? monthOf(first.at) : current, current, MONTHS_OFFERED);
      await show(monthView(what, months, isMonth(value) ? value : addMonths(current, -1)));
    });

    messenger.onSubmit(what, async ({ who, place, view }): Promise<Outcome> => {
      requireReader(who);
      const month = chosenMonth(view.values);
      if (!isMonth(month) || month > monthOf(now())) {
        throw new Refusal('받을 수 없는 달입니다.', '목록에서 달을 다시 고르십시오.');
      }
      await operate(filings, { actor: who.id, place }, async (op) => {
        op.audit({ action: what, subject: `month:${month}`, data: { month } });
        op.tell({
          key: `${what}:${month}:${who.id}:${op.now.getTime()}`,
          notice: what,
          to: who.id,
          facts: { month, at: op.now.toISOString() },
        });
      });
      return {
        update: noteView('보내 드립니다', [
          `${koreanMonth(month)} ${label}: 이 앱의 ‘메시지’에서 받으십시오. 받은 기록이 남습니다.`,
        ]),
      };
    });
  }

  messenger.onAction(MY_DATA, async ({ who, place, show }) => {
    await recordOwn({ who, place }, MY_DATA);
    const consents = await db.consent.findMany({
      where: { personId: who.id },
      orderBy: [{ agreedAt: 'desc' }, { id: 'asc' }],
      distinct: ['kind', 'version'],
    });
    await show(myDataView(who, consents));
  });

  messenger.onActionsUnder(MY_EXPORT, async ({ who, place, value, show }) => {
    if (!isExportFormat(value))
      throw new Refusal('알 수 없는 파일 형식입니다.', '‘내 정보’를 다시 여십시오.');
    await recordOwn({ who, place }, MY_EXPORT, value);
    await show(
      noteView('보내 드립니다', [
        '내 정보 전부: 이 앱의 ‘메시지’에서 파일을 받으십시오. 받은 기록이 남습니다.',
      ]),
    );
  });

  /** Records that a person reads their own data, and orders the file in the same transaction. */
  async function recordOwn({ who, place }: Scene, action: string, format?: string): Promise<void> {
    await operate(filings, { actor: who.id, place }, async (op) => {
      op.audit({ action, subject: `person:${who.id}`, person: who.id, data: format ? { format } : {} });
      if (!format) return;
      op.tell({
        key: `${action}:${who.id}:${format}:${op.now.getTime()}`,
        notice: MY_EXPORT,
        to: who.id,
        facts: { personId: who.id, format, at: op.now.toISOString() },
      });
    });
  }

  messenger.onAction(CANDIDATES, async ({ who, show }) => {
    requireOfficer(who);
    await show(candidatesView(await findCandidates(db, now(), { limit: LISTED })));
  });
}
