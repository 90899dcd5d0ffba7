import { Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/typed-text.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Outcome } from '../../messenger/click.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { officersOnly } from '../../records/people/office.ts';
import { operate } from '../../store/operation.ts';
import { exportLists, isExportList } from './export-lists.ts';
import { EXPORT, exportView, REASON, readExport, WHOLE } from './export-view.ts';

const { requireOfficer } = officersOnly('목록은 표준API 관리자만 내려받을 수 있습니다.');

/** The fewest characters of a reason: `.` is no reason. */
const SHORTEST_REASON = 5;

/** 목록 내려받기. The list is masked unless a reason is given. The export is recorded before the file is made. */
export function registerExport({ onAction, onSubmit }: Messenger, filings: Filings) {
  onAction(EXPORT, async ({ who, show }) => {
    requireOfficer(who);
    await show(exportView());
  });

  onSubmit(EXPORT, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const { list, whole, ...read } = readExport(view.values);
    const reason = visibleText(read.reason);
    if (!isExportList(list)) throw new Refusal('알 수 없는 목록입니다.', '목록에서 하나를 고르십시오.');
    if (whole && reason.length < SHORTEST_REASON) {
      const message = '가리지 않고 받으려면 무엇 때문에 받는지 적으십시오.';
      return { errors: { [REASON]: message }, late: exportView };
    }
    await operate(filings, { actor: who.id, place }, async (op) => {
      op.audit({
        action: whole ? WHOLE : EXPORT,
        subject: `list:${list}`,
        data: { list, ...(reason ? { reason } : {}) },
      });
      op.tell({
        key: `${whole ? WHOLE : EXPORT}:${list}:${who.id}:${op.now.getTime()}`,
        notice: EXPORT,
        to: who.id,
        facts: { personId: who.id, list, whole: whole ? 1 : 0, at: op.now.toISOString() },
      });
    });
    return {
      update: noteView('보내 드립니다', [
        `${exportLists[list]} 목록: 이 앱의 ‘메시지’에서 받으십시오. 받은 기록이 남습니다.`,
      ]),
    };
  });
}
