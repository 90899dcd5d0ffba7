import { koreanDay, seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Outcome, Submission } from '../../messenger/click.ts';
import { parseAnswers } from '../../messenger/forms/answers.ts';
import { formWindow, readTyped } from '../../messenger/forms/form-window.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import type { Known } from '../../store/known.ts';
import { type Operation, operate } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import { BOARD, boardView, CHART, END, EXTEND, OPEN_ROUND, REASSIGN, RESULT } from './board-view.ts';
import {
  endRound,
  extendRound,
  openRound,
  previewRound,
  reassign,
  requireOffice,
  requireOfficer,
} from './conduct.ts';
import { roundDefaults, roundForm } from './forms.ts';
import { progressOf } from './progress.ts';
import { getLivingRound, getOpenRound, standing } from './round.ts';
import {
  dayOffWarning,
  extendWindow,
  previewView,
  reassignWindow,
  roundWindow,
  START,
  scopeOf,
  travelled,
} from './round-view.ts';

/** Officers' buttons: start a round after a preview, move its deadline, end it, change who answers, get the result. */
export function registerSurveys(messenger: Messenger, { filings }: { filings: Filings }) {
  registerStart(messenger, filings);
  registerBoard(messenger, filings);
}

function registerStart(messenger: Messenger, filings: Filings): void {
  messenger.onAction(OPEN_ROUND, async ({ who, show }) => {
    requireOfficer(who);
    await show(formWindow(roundWindow, roundDefaults));
  });
  messenger.onSubmit(OPEN_ROUND, (submission) => preview(filings, submission));
  messenger.onSubmit(START, (submission) => start(filings, submission));
}

async function preview({ db, now }: Filings, { who, view }: Submission): Promise<Outcome> {
  requireOfficer(who);
  const read = readTyped(roundWindow, view, now());
  if (!read.ok) return read.outcome;
  const found = await previewRound(db, scopeOf(read.answers));
  if (found.systems === 0) {
    throw new Refusal('조사 대상 시스템이 없습니다.', '기관 구분이나 지역을 넓혀 다시 하십시오.');
  }
  const days = { today: seoulDay(now()), extraHolidays: await readExtraHolidays(db) };
  return { update: previewView(read.answers, found, days) };
}

async function start(filings: Filings, { who, place, view }: Submission): Promise<Outcome> {
  // The answers in the window's metadata are checked again, like typed ones.
  const typed = travelled(view.metadata);
  const today = seoulDay(filings.now());
  const { answers, errors } = parseAnswers(roundForm, typed, { today, channel: 'ONLINE' });
  if (Object.keys(errors).length > 0)
    throw new Refusal('조사 내용이 올바르지 않습니다.', '홈에서 다시 시작하십시오.');
  const { name, opensOn, closesOn, basis, message } = answers;
  const round = await operate(filings, { actor: who.id, place }, (op) =>
    openRound(op, who, { name, opensOn, closesOn, basis, message, scope: scopeOf(answers) }),
  );
  filings.wakeOutbox();
  if (standing(round, today) === 'PLANNED') {
    const days = `${koreanDay(seoulDay(round.openedAt))}부터 ${koreanDay(closesOn)}까지`;
    return {
      update: noteView('조사를 예약했습니다', [
        `${round.name}: ${days}`,
        '홈의 ‘진행 현황’에서 기한을 바꾸거나 예약을 취소할 수 있습니다.',
      ]),
    };
  }
  return {
    update: noteView('조사를 시작했습니다', [
      `${round.name}: ${koreanDay(round.closesOn)}까지`,
      '대상 시스템을 등록하는 대로 진행 현황을 관리자 채널에 올립니다. 응답이 들어올 때마다 바뀝니다.',
    ]),
  };
}

/** The board of a round and its buttons. */
function registerBoard(messenger: Messenger, filings: Filings): void {
  const { db, now } = filings;
  messenger.onAction(BOARD, async ({ who, value, show }) => {
    requireOfficer(who);
    const round = await db.surveyRound.findUnique({ where: { id: value } });
    if (!round) throw new Refusal('이용현황조사를 찾을 수 없습니다.', '홈을 새로 열어 확인하십시오.');
    await show(boardView(round, await progressOf(db, round), standing(round, seoulDay(now()))));
  });
  messenger.onAction(EXTEND, async ({ who, value, show }) => {
    requireOfficer(who);
    const { id, closesOn } = await getLivingRound(db, now(), value);
    await show(formWindow(extendWindow(id), { closesOn }));
  });
  messenger.onSubmit(EXTEND, (submission) => extend(filings, submission));
  messenger.onAction(REASSIGN, async ({ who, value, show }) => {
    requireOfficer(who);
    await show(formWindow(reassignWindow((await getOpenRound(db, now(), value)).id)));
  });
  messenger.onSubmit(REASSIGN, (submission) => reassignAnswers(filings, submission));
  messenger.onAction(END, async ({ who, place, value, show }) => {
    const round = await operate(filings, { actor: who.id, place }, (op) => endRound(op, who, value));
    const hasBegun = round.openedAt <= (round.endedAt ?? round.openedAt);
    await show(
      hasBegun
        ? noteView('조사를 끝냈습니다', [round.name, '결과는 관리자 채널의 진행 현황에서 받으십시오.'])
        : noteView('예약을 취소했습니다', [round.name, '아무에게도 알리지 않습니다.']),
    );
  });
  messenger.onAction(CHART, async ({ who, place, value }) => {
    await operate(filings, { actor: who.id, place }, (op) => send(op, who, 'survey.chart', value, DESK));
  });
  // The result lists the contacts of all systems, so its export is recorded although names are masked.
  messenger.onAction(RESULT, async ({ who, place, value, show }) => {
    await operate(filings, { actor: who.id, place }, (op) => send(op, who, 'survey.result', value, who.id));
    await show(noteView('결과를 보냅니다', ['이 앱의 ‘메시지’에서 XLSX와 CSV 파일을 받으십시오.']));
  });
}

async function extend(filings: Filings, { who, place, view }: Submission): Promise<Outcome> {
  const roundId = view.metadata.round ?? '';
  const read = readTyped(extendWindow(roundId), view, filings.now());
  if (!read.ok) return read.outcome;
  const round = await operate(filings, { actor: who.id, place }, (op) =>
    extendRound(op, who, roundId, read.answers.closesOn),
  );
  const note = noteView('기한을 바꾸었습니다', [`${round.name}: ${koreanDay(round.closesOn)}까지`]);
  return {
    update: {
      ...note,
      blocks: [
        ...note.blocks,
        ...dayOffWarning('응답 기한', round.closesOn, await readExtraHolidays(filings.db)),
      ],
    },
  };
}

async function reassignAnswers(filings: Filings, { who, place, view }: Submission): Promise<Outcome> {
  const roundId = view.metadata.round ?? '';
  const read = readTyped(reassignWindow(roundId), view, filings.now());
  if (!read.ok) return read.outcome;
  const count = await operate(filings, { actor: who.id, place }, (op) =>
    reassign(op, who, roundId, read.answers),
  );
  return {
    update: noteView('응답자를 바꾸었습니다', [
      `시스템 ${count}건을 새 응답자에게 묻습니다. 업무일 오전 9시 30분에 알립니다.`,
    ]),
  };
}

async function send(op: Operation, who: Known, notice: string, roundId: string, to: string): Promise<void> {
  await requireOffice(op.tx, who);
  op.audit({ action: notice, subject: `survey:${roundId}`, data: { to } });
  op.tell({ key: `${notice}:${roundId}:${to}:${op.now.getTime()}`, notice, to, facts: { roundId } });
}
