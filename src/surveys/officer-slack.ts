import type { ModalView } from '@slack/types';
import { parseAnswers } from '../filing/answers.ts';
import type { Answers, Form } from '../filing/form.ts';
import type { Filings } from '../filing/procedure.ts';
import { Refusal } from '../filing/refusal.ts';
import { context, lines, modal, section } from '../messenger/blocks.ts';
import { readState, stepBlocks } from '../messenger/form-view.ts';
import type { Messenger, Outcome, StateValues } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { koreanDay, seoulDay } from '../schedule/calendar.ts';
import { type Operation, operate } from '../store/operation.ts';
import { DESK } from '../store/outbox.ts';
import { BOARD, boardBlocks, CHART, END, EXTEND, OPEN_ROUND, REASSIGN, RESULT } from './board-view.ts';
import { endRound, extendRound, openRound, previewRound, reassign, requireOfficer } from './conduct.ts';
import { COUNTRY, extendForm, reassignForm, roundDefaults, roundForm } from './forms.ts';
import { progressOf } from './progress.ts';
import { getOpenRound, isOpen, type Scope } from './round.ts';

const START = 'survey.start';

/** What officers press: starting a round after a preview, its deadline, its end, whom it asks, its result. */
export function registerSurveys(messenger: Messenger, filings: Filings) {
  const { db, now } = filings;
  const today = () => seoulDay(now());

  function formView(
    form: Form,
    callbackId: string,
    submit: string,
    answers: Answers,
    metadata: Record<string, string> = {},
  ): ModalView {
    return modal({
      callbackId,
      title: form.steps[0]?.title ?? '',
      submit,
      close: '취소',
      metadata,
      blocks: stepBlocks(form, 0, { answers, nameOf: String }),
    });
  }

  /** What was typed into a form of one step, or the errors at its fields. */
  function read<F extends Form>(form: F, values: StateValues, again: (typed: Answers) => ModalView) {
    const { typed } = readState(form, values);
    const { answers, errors } = parseAnswers(form, typed, { today: today(), channel: 'ONLINE' });
    const refused: Outcome | null =
      Object.keys(errors).length > 0 ? { errors, late: () => again(typed) } : null;
    return { answers: answers as Answers, refused };
  }

  const roundView = (answers: Answers) => formView(roundForm, OPEN_ROUND, '다음', answers);
  messenger.onAction(OPEN_ROUND, async ({ who, show }) => {
    await requireOfficer(db, who);
    await show(roundView(roundDefaults));
  });

  messenger.onSubmit(OPEN_ROUND, async ({ who, view }): Promise<Outcome> => {
    await requireOfficer(db, who);
    const { answers, refused } = read(roundForm, view.values, roundView);
    if (refused) return refused;
    const preview = await previewRound(db, scopeOf(answers));
    if (preview.systems === 0) {
      throw new Refusal('조사 대상 시스템이 없습니다.', '기관 구분이나 지역을 넓혀 다시 하십시오.');
    }
    const count = (value: number, unit: string) => `${value.toLocaleString('ko-KR')}${unit}`;
    return {
      update: modal({
        callbackId: START,
        title: '이용현황조사 시작',
        submit: '조사 시작',
        close: '취소',
        metadata: { answers: JSON.stringify(answers) },
        blocks: [
          section(String(answers.name)),
          lines([
            { label: '응답 기한', text: `${koreanDay(String(answers.closesOn))}까지` },
            { label: '대상 시스템', text: count(preview.systems, '건') },
            { label: '메신저로 알릴 담당자', text: count(preview.byMessenger, '명') },
            { label: '메일로 알릴 담당자', text: count(preview.byMail, '명') },
            { label: '알릴 수 없는 담당자', text: count(preview.unreachable, '명') },
          ]),
          context('‘조사 시작’을 누르면 업무일 오전 9시 30분에 담당자마다 한 번씩 알립니다.'),
        ],
      }),
    };
  });

  messenger.onSubmit(START, async ({ who, place, view }): Promise<Outcome> => {
    // What came back from the window is checked like what is typed.
    const typed = parseJson(view.metadata.answers);
    const { answers, errors } = parseAnswers(roundForm, typed, { today: today(), channel: 'ONLINE' });
    if (Object.keys(errors).length > 0)
      throw new Refusal('조사 내용이 올바르지 않습니다.', '홈에서 다시 시작하십시오.');
    const round = await operate(filings, { actor: who.id, place }, (op) =>
      openRound(op, who, {
        name: answers.name,
        closesOn: answers.closesOn,
        basis: answers.basis,
        message: answers.message,
        scope: scopeOf(answers as Answers),
      }),
    );
    return {
      update: noteView('조사를 시작했습니다', [
        `${round.name}: ${koreanDay(round.closesOn)}까지`,
        '진행 현황은 관리자 채널에 있고, 응답이 들어올 때마다 바뀝니다.',
      ]),
    };
  });

  messenger.onAction(BOARD, async ({ who, value, show }) => {
    await requireOfficer(db, who);
    const round = await db.surveyRound.findUnique({ where: { id: value } });
    if (!round) throw new Refusal('이용현황조사를 찾을 수 없습니다.', '홈을 새로 열어 확인하십시오.');
    const blocks = boardBlocks(round, await progressOf(db, round), isOpen(round, today()));
    await show(modal({ callbackId: BOARD, title: '이용현황조사', blocks }));
  });

  const extendView = (roundId: string, answers: Answers) =>
    formView(extendForm, EXTEND, '변경', answers, { round: roundId });
  messenger.onAction(EXTEND, async ({ who, value, show }) => {
    await requireOfficer(db, who);
    const round = await getOpenRound(db, now(), value);
    await show(extendView(round.id, { closesOn: round.closesOn }));
  });
  messenger.onSubmit(EXTEND, async ({ who, place, view }): Promise<Outcome> => {
    const roundId = view.metadata.round ?? '';
    const { answers, refused } = read(extendForm, view.values, (typed) => extendView(roundId, typed));
    if (refused) return refused;
    const round = await operate(filings, { actor: who.id, place }, (op) =>
      extendRound(op, who, roundId, String(answers.closesOn)),
    );
    return {
      update: noteView('기한을 바꾸었습니다', [`${round.name}: ${koreanDay(round.closesOn)}까지`]),
    };
  });

  const reassignView = (roundId: string, answers: Answers) =>
    formView(reassignForm, REASSIGN, '변경', answers, { round: roundId });
  messenger.onAction(REASSIGN, async ({ who, value, show }) => {
    await requireOfficer(db, who);
    await show(reassignView((await getOpenRound(db, now(), value)).id, {}));
  });
  messenger.onSubmit(REASSIGN, async ({ who, place, view }): Promise<Outcome> => {
    const roundId = view.metadata.round ?? '';
    const { answers, refused } = read(reassignForm, view.values, (typed) => reassignView(roundId, typed));
    if (refused) return refused;
    const [from, to, note] = [String(answers.from), String(answers.to), String(answers.note)];
    const count = await operate(filings, { actor: who.id, place }, (op) =>
      reassign(op, who, roundId, { from, to, note }),
    );
    return {
      update: noteView('응답자를 바꾸었습니다', [
        `시스템 ${count}건을 새 응답자에게 묻습니다. 업무일 오전 9시 30분에 알립니다.`,
      ]),
    };
  });

  messenger.onAction(END, async ({ who, place, value, show }) => {
    const round = await operate(filings, { actor: who.id, place }, (op) => endRound(op, who, value));
    await show(noteView('조사를 끝냈습니다', [round.name, '결과는 관리자 채널의 진행 현황에서 받으십시오.']));
  });

  messenger.onAction(CHART, async ({ who, place, value }) => {
    await operate(filings, { actor: who.id, place }, (op) => send(op, 'survey.chart', value, DESK));
  });

  // Names are masked in it, but it is a list of who is in charge of what: taking it is recorded.
  messenger.onAction(RESULT, async ({ who, place, value, show }) => {
    await operate(filings, { actor: who.id, place }, (op) => send(op, 'survey.result', value, who.id));
    await show(noteView('결과를 보냅니다', ['이 앱의 ‘메시지’에서 XLSX와 CSV 파일을 받으십시오.']));
  });

  async function send(op: Operation, notice: string, roundId: string, to: string): Promise<void> {
    const who = await op.tx.person.findUniqueOrThrow({
      where: { id: op.author.actor },
      include: { agency: true },
    });
    await requireOfficer(op.tx, { ...who, officer: true, auditor: false });
    op.audit({ action: notice, subject: `survey:${roundId}`, data: { to } });
    op.tell({ key: `${notice}:${roundId}:${to}:${op.now.getTime()}`, notice, to, facts: { roundId } });
  }
}

function scopeOf({ groups, region, licences }: Answers): Scope {
  return {
    groups: groups as string[],
    region: region === COUNTRY ? null : String(region),
    licences: licences as Scope['licences'],
  };
}

function parseJson(text: string | undefined): Answers {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Answers) : {};
  } catch {
    return {};
  }
}
