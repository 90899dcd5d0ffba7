import type { KnownBlock, ModalView } from '@slack/types';
import { isBusinessDay, koreanDay, nextBusinessDay, previousBusinessDay } from '../../core/calendar.ts';
import { context, divider, lines, modal, section, title } from '../../messenger/blocks.ts';
import type { Answers, AnswersOf } from '../../messenger/forms/form.ts';
import type { FormWindow } from '../../messenger/forms/form-window.ts';
import { ASKED } from './asked-view.ts';
import { EXTEND, OPEN_ROUND, REASSIGN } from './board-view.ts';
import type { Preview } from './conduct.ts';
import { COUNTRY, extendForm, reassignForm, roundForm } from './forms.ts';
import type { Scope } from './round.ts';

export const START = 'survey.start';

/** Warns of a first or last day that is a day off: people do not work then and no message is sent. */
export function dayOffWarning(
  what: string,
  day: string | undefined,
  extraHolidays: ReadonlySet<string>,
): KnownBlock[] {
  if (day === undefined || isBusinessDay(day, extraHolidays)) return [];
  const before = koreanDay(previousBusinessDay(day, extraHolidays));
  const after = koreanDay(nextBusinessDay(day, extraHolidays));
  return [
    section(`⚠ ${what}이 쉬는 날입니다: ${koreanDay(day)}. 가까운 업무일은 ${before}, ${after}입니다.`),
  ];
}

type RoundAnswers = AnswersOf<typeof roundForm.fields>;

export const roundWindow = {
  callbackId: OPEN_ROUND,
  title: '이용현황조사 시작',
  submit: '다음',
  form: roundForm,
} satisfies FormWindow<typeof roundForm.fields>;

export const extendWindow = (round: string): FormWindow<typeof extendForm.fields> => ({
  callbackId: EXTEND,
  title: '기한 변경',
  submit: '변경',
  form: extendForm,
  metadata: { round },
});

export const reassignWindow = (round: string): FormWindow<typeof reassignForm.fields> => ({
  callbackId: REASSIGN,
  title: '응답자 변경',
  submit: '변경',
  form: reassignForm,
  metadata: { round },
});

/** The officer's answers, read from the metadata of the preview window. */
export const travelled = ({ groups = '', ...answers }: Record<string, string>): Answers => ({
  ...answers,
  groups: groups.split(','),
});

export function scopeOf({ groups, region, licences }: RoundAnswers): Scope {
  return { groups, region: region === COUNTRY ? null : region, licences: licences as Scope['licences'] };
}

/**
 * The preview before a round is started: how many systems and people it asks, and the text of the message. The window's
 * metadata holds the officer's answers.
 * @param today decides whether the round opens at once or is planned
 */
export function previewView(
  answers: RoundAnswers,
  preview: Preview,
  { today, extraHolidays }: { today: string; extraHolidays: ReadonlySet<string> },
): ModalView {
  const planned = answers.opensOn !== undefined && answers.opensOn > today;
  const count = (value: number, unit: string) => `${value.toLocaleString('ko-KR')}${unit}`;
  return modal({
    callbackId: START,
    title: '이용현황조사 시작',
    submit: planned ? '예약' : '조사 시작',
    close: '취소',
    metadata: { ...answers, groups: answers.groups.join() },
    blocks: [
      section(answers.name),
      lines([
        { label: '시작일', text: planned ? koreanDay(answers.opensOn ?? '') : '바로' },
        { label: '응답 기한', text: `${koreanDay(answers.closesOn)}까지` },
        { label: '대상 시스템', text: count(preview.systems, '건') },
        { label: '메신저로 알릴 담당자', text: count(preview.byMessenger, '명') },
        { label: '메일로 알릴 담당자', text: count(preview.byMail, '명') },
        { label: '알릴 수 없는 담당자', text: count(preview.unreachable, '명') },
      ]),
      ...dayOffWarning('시작일', planned ? answers.opensOn : undefined, extraHolidays),
      ...dayOffWarning('응답 기한', answers.closesOn, extraHolidays),
      context(
        planned
          ? '시작일의 오전 9시 30분(쉬는 날이면 다음 업무일)에 담당자마다 한 번씩 알립니다. 대상 건수는 그날 다시 셉니다.'
          : '‘조사 시작’을 누르면 업무일 오전 9시 30분에 담당자마다 한 번씩 알립니다.',
      ),
      divider,
      title('담당자가 받는 안내'),
      section(`${ASKED}\n${answers.message}`),
      context(
        '시스템마다 지금 등록된 담당자, 서버, 도메인과 ‘변동 없음’, ‘변경’, ‘담당자 변경’, ‘미사용’ 단추가 나옵니다. 메일을 받는 사람에게는 답하는 방법을 적어 보냅니다.',
        `근거: ${answers.basis}`,
      ),
    ],
  });
}
