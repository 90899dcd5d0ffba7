import { seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Outcome } from '../../../messenger/click.ts';
import { formWindow, readTyped } from '../../../messenger/forms/form-window.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import {
  coveredBy,
  endAbsence,
  type Fault,
  openAbsences,
  otherOfficers,
  requireOfficer,
  setAbsence,
} from '../../../records/absences/absence.ts';
import { isOn } from '../../../records/absences/rule.ts';
import { fullName, periodText } from '../../../records/absences/words.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { ABSENCE, ABSENCE_END, ABSENCE_SET, absenceWindow, endLabel, seenIn } from './view.ts';

/** 부재 설정: an officer enters an absence with a substitute, changes it, or ends it early. */
export function registerAbsences(
  { onAction, onSubmit }: Messenger,
  { ground, refreshHome }: { ground: Ground; refreshHome: (slackId: string) => void },
): void {
  const { db, now } = ground;

  async function windowOf(personId: string) {
    const today = seoulDay(now());
    const [open, others] = await Promise.all([openAbsences(db, today), otherOfficers(db, personId)]);
    if (others.length === 0)
      throw new Refusal(
        '대신할 다른 관리자가 없습니다.',
        '‘관리자 권한 변경’으로 관리자를 먼저 지정하십시오.',
      );
    const mine = open.find(({ officerId }) => officerId === personId) ?? null;
    return { window: absenceWindow(others, open, mine, today), mine };
  }

  onAction(ABSENCE, async ({ who, show }) => {
    requireOfficer(who);
    const { window, mine } = await windowOf(who.id);
    const { fromOn = '', toOn = '', substituteId: substitute = '', memo = '' } = mine ?? {};
    await show(formWindow(window, mine ? { fromOn, toOn, substitute, memo } : {}));
  });

  onSubmit(ABSENCE_SET, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const { window } = await windowOf(who.id);
    const read = readTyped(window, view, now());
    if (!read.ok) return read.outcome;
    const { substitute, memo = '', ...period } = read.answers;
    const seen = seenIn(view.metadata);
    const set = await operate(ground, { actor: who.id, place }, (op) =>
      setAbsence(op, seen, { ...period, substituteId: substitute, memo }),
    );
    if ('fault' in set) {
      const errors = { substitute: faultText(set) };
      return { errors, late: () => formWindow(window, read.answers, errors) };
    }
    const { absence } = set;
    refreshHome(who.slackId ?? '');
    const coveredAbsences = coveredBy(await openAbsences(db, seoulDay(now())), absence);
    return {
      update: noteView(seen.id ? '부재 설정을 바꾸었습니다' : '부재를 설정했습니다', [
        `${periodText(absence)} · 대신: ${fullName(absence.substitute)}`,
        `${fullName(absence.substitute)} 님에게 알렸습니다. 종료일이 지나면 저절로 끝나고, 먼저 끝내려면 홈에서 ‘${endLabel(absence, seoulDay(now()))}’를 누르십시오.`,
        ...coveredAbsences.map(
          (one) =>
            `⚠ 이 기간에 ${fullName(one.officer)} 님을 대신하기로 되어 있습니다(${periodText(one)}). 두 사람이 모두 없는 날에는 관리자 모두가 대신합니다. ${fullName(one.officer)} 님과 관리자 채널에 알렸습니다.`,
        ),
      ]),
    };
  });

  onAction(ABSENCE_END, async ({ who, place, value, view, show, redraw }) => {
    requireOfficer(who);
    const absence = await operate(ground, { actor: who.id, place }, (op) => endAbsence(op, value));
    refreshHome(who.slackId ?? '');
    const note = noteView(isOn(absence, seoulDay(now())) ? '부재를 끝냈습니다' : '부재 예정을 취소했습니다', [
      `${fullName(absence.substitute)} 님에게 더는 대신하지 않아도 된다고 알렸습니다.`,
    ]);
    await (view?.callbackId === ABSENCE_SET ? redraw : show)(note);
  });
}

function faultText(set: Fault): string {
  if ('away' in set)
    return `그 기간에 부재인 관리자입니다(${periodText(set.away)}). 다른 관리자를 고르십시오.`;
  if (set.fault === 'self') return '본인은 고를 수 없습니다. 다른 관리자를 고르십시오.';
  return '이제 표준API 관리자가 아닌 사람입니다. 다른 관리자를 고르십시오.';
}
