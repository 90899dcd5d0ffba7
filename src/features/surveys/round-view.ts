import type { ModalView } from '@slack/types';
import { koreanDay } from '../../core/calendar.ts';
import { context, lines, modal, section } from '../../messenger/blocks.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import type { FormWindow } from '../../messenger/forms/form-window.ts';
import { EXTEND, OPEN_ROUND, REASSIGN } from './board-view.ts';
import type { Preview } from './conduct.ts';
import { COUNTRY, extendForm, reassignForm, roundForm } from './forms.ts';
import type { Scope } from './round.ts';

export const START = 'survey.start';

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

export function scopeOf({ groups, region, licences }: RoundAnswers): Scope {
  return { groups, region: region === COUNTRY ? null : region, licences: licences as Scope['licences'] };
}

/** How many a round would ask and tell, before it is started. The answers travel with the window. */
export function previewView(answers: RoundAnswers, preview: Preview): ModalView {
  const count = (value: number, unit: string) => `${value.toLocaleString('ko-KR')}${unit}`;
  return modal({
    callbackId: START,
    title: '이용현황조사 시작',
    submit: '조사 시작',
    close: '취소',
    metadata: { answers: JSON.stringify(answers) },
    blocks: [
      section(answers.name),
      lines([
        { label: '응답 기한', text: `${koreanDay(answers.closesOn)}까지` },
        { label: '대상 시스템', text: count(preview.systems, '건') },
        { label: '메신저로 알릴 담당자', text: count(preview.byMessenger, '명') },
        { label: '메일로 알릴 담당자', text: count(preview.byMail, '명') },
        { label: '알릴 수 없는 담당자', text: count(preview.unreachable, '명') },
      ]),
      context('‘조사 시작’을 누르면 업무일 오전 9시 30분에 담당자마다 한 번씩 알립니다.'),
    ],
  });
}
