import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDateTime } from '../../core/calendar.ts';
import { maskName } from '../../core/mask.ts';
import { PAPER_ENTRY } from '../../filing/begin-buttons.ts';
import { REVIEW } from '../../filing/card.ts';
import { actions, button, divider, lines, modal, section } from '../../messenger/blocks.ts';
import type { FormWindow } from '../../messenger/forms/form-window.ts';
import { pageOf, pager } from '../../messenger/pager.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import { type EnteredTarget, enteredLabels, type MailTarget, receivedFile } from './entered.ts';
import { receiptForm } from './forms.ts';
import { answerLabels } from './progress.ts';

/** Opens the list of answers that come by mail; the value is the round. */
export const BY_MAIL = 'survey.byMail';
/** The value is `round:page`. */
export const BY_MAIL_PAGE = 'survey.byMailPage';
/** Asks how 변동 없음 was received, and enters it; the value is `round:system`. */
export const UNCHANGED_BY_MAIL = 'survey.unchangedByMail';
/** Sends the officer the mail or 공문 with an answer; the value is `round:system`. */
export const RECEIVED = 'survey.received';

/** Systems on a page: each takes at most three of Slack's hundred blocks. */
const ON_PAGE = 20;

interface ByMail {
  /** Unanswered systems of contacts who are asked by mail; none once the round is over. */
  silent: readonly MailTarget[];
  /** Answers that officers entered. */
  entered: readonly EnteredTarget[];
  /** Whether the round takes answers. */
  open: boolean;
}

/** What is still to be entered, with a button for each possible answer, and what was entered, with its document. */
export function byMailView(round: SurveyRound, { silent, entered, open }: ByMail, asked: number): ModalView {
  const rows = [
    ...silent.map((target) => silentRow(round.id, target)),
    ...entered.map((target) => enteredRow(round.id, target)),
  ];
  const paging = pageOf(asked, rows.length, ON_PAGE);
  const { page } = paging;
  return modal({
    callbackId: BY_MAIL,
    title: open ? '메일 응답 등록' : '메일 응답 보기',
    metadata: { round: round.id, page: String(page) },
    blocks: [
      ...(open ? [section(whatToDo(silent.length))] : []),
      ...(entered.length > 0 ? [section(`공문·이메일·전화로 받아 등록한 답 ${entered.length}건`)] : []),
      ...rows.slice(page * ON_PAGE, (page + 1) * ON_PAGE).flatMap((row) => [divider, ...row]),
      ...pager(paging, {
        actionId: BY_MAIL_PAGE,
        valueFor: (to) => `${round.id}:${to}`,
        divided: true,
      }),
    ],
  });
}

const whatToDo = (silent: number) =>
  silent > 0
    ? `메일로 조사한 미응답 시스템 ${silent}건입니다. 받은 답을 누르고 그 메일을 올리십시오. ‘변동 없음’은 바로 등록되고, 나머지는 다른 관리자가 승인합니다.`
    : '메일로 조사한 시스템 가운데 미응답이 없습니다.';

const headLines = ({ name, agency, person }: MailTarget) => [
  { label: '시스템명', text: name },
  { label: '담당자', text: [agency, person && maskName(person)].filter(Boolean).join(' ') },
];

function silentRow(roundId: string, target: MailTarget): KnownBlock[] {
  const { systemId } = target;
  return [
    lines(headLines(target)),
    actions(
      button(UNCHANGED_BY_MAIL, '변동 없음', { value: `${roundId}:${systemId}`, style: 'primary' }),
      button(`${PAPER_ENTRY}.${PROCEDURE.surveyAnswer}`, '변경', { value: systemId }),
      button(`${PAPER_ENTRY}.${PROCEDURE.paperContact}`, '담당자 변경', { value: systemId }),
      button(`${PAPER_ENTRY}.${PROCEDURE.retirement}`, '미사용', { value: systemId }),
    ),
  ];
}

function enteredRow(roundId: string, target: EnteredTarget): KnownBlock[] {
  const { systemId, answer, answeredAt, enteredAs, received, filingId } = target;
  const file = receivedFile(received);
  const how = `${answerLabels[answer]} · ${enteredLabels[enteredAs]} · ${koreanDateTime(answeredAt)}`;
  return [
    lines([...headLines(target), { label: '응답', text: how }]),
    ...(file
      ? [actions(button(RECEIVED, '받은 문서 열기', { value: `${roundId}:${systemId}` }))]
      : filingId
        ? [actions(button(REVIEW, '검토', { value: filingId }))]
        : []),
  ];
}

/** How 변동 없음 was received, with the document that shows it. */
export const receiptWindow = (
  round: Pick<SurveyRound, 'id'>,
  system: { id: string; name: string },
  page: number,
): FormWindow<typeof receiptForm.fields> => ({
  callbackId: UNCHANGED_BY_MAIL,
  title: '변동 없음 등록',
  submit: '등록',
  form: receiptForm,
  metadata: { round: round.id, system: system.id, page: String(page) },
  above: [
    lines([{ label: '시스템명', text: system.name }]),
    actions(button(`${BY_MAIL_PAGE}.back`, '목록으로', { value: `${round.id}:${page}` })),
  ],
});
