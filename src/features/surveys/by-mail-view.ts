import type { ModalView } from '@slack/types';
import { maskName } from '../../core/mask.ts';
import { PAPER_ENTRY } from '../../filing/begin-buttons.ts';
import { actions, button, divider, lines, modal, section } from '../../messenger/blocks.ts';
import { pageOf, pager } from '../../messenger/pager.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import type { MailTarget } from './progress.ts';

/** Opens the list to enter answers that came by mail; the value is the round. */
export const BY_MAIL = 'survey.byMail';
/** The value is `round:page`. */
export const BY_MAIL_PAGE = 'survey.byMailPage';
/** The value is `round:system`. */
export const UNCHANGED_BY_MAIL = 'survey.unchangedByMail';

/** Systems on a page: each takes three of Slack's hundred blocks. */
const ON_PAGE = 20;

/** Unanswered systems of contacts who are asked by mail, with a button for each possible answer. */
export function byMailView(round: SurveyRound, silent: readonly MailTarget[], asked: number): ModalView {
  const paging = pageOf(asked, silent.length, ON_PAGE);
  const { page } = paging;
  const pageTargets = silent.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  return modal({
    callbackId: BY_MAIL,
    title: '메일 응답 등록',
    metadata: { round: round.id, page: String(page) },
    blocks: [
      section(
        silent.length > 0
          ? `메일로 조사한 미응답 시스템 ${silent.length}건입니다. 메일이나 전화로 받은 답을 누르십시오. ‘변동 없음’은 바로 등록되고, 나머지는 다른 관리자가 승인합니다.`
          : '메일로 조사한 시스템 가운데 미응답이 없습니다.',
      ),
      ...pageTargets.flatMap(({ systemId, name, agency, person }) => [
        divider,
        lines([
          { label: '시스템명', text: name },
          { label: '담당자', text: [agency, person && maskName(person)].filter(Boolean).join(' ') },
        ]),
        actions(
          button(UNCHANGED_BY_MAIL, '변동 없음', { value: `${round.id}:${systemId}`, style: 'primary' }),
          button(`${PAPER_ENTRY}.${PROCEDURE.surveyAnswer}`, '변경', { value: systemId }),
          button(`${PAPER_ENTRY}.${PROCEDURE.paperContact}`, '담당자 변경', { value: systemId }),
          button(`${PAPER_ENTRY}.${PROCEDURE.retirement}`, '미사용', { value: systemId }),
        ),
      ]),
      ...pager(paging, {
        actionId: BY_MAIL_PAGE,
        valueFor: (to) => `${round.id}:${to}`,
        divided: true,
      }),
    ],
  });
}
