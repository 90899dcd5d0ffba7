import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDay } from '../../core/calendar.ts';
import { BEGIN_PROCEDURE } from '../../filing/begin-buttons.ts';
import {
  actions,
  button,
  context,
  divider,
  fallback,
  header,
  lines,
  modal,
  section,
} from '../../messenger/blocks.ts';
import type { Notice } from '../../messenger/notice.ts';
import { pageOf, pager } from '../../messenger/pager.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import { type AskedSystem, answerLabels } from './progress.ts';
import { type Registered, registeredLines } from './registered.ts';

/** Headline of the message that asks people to answer. */
export const ASKED = '이용현황조사에 응답해 주십시오';

export const UNCHANGED = 'survey.unchanged';
export const UNCHANGED_ALL = 'survey.unchangedAll';
/** Opens the list of one's own systems, also when no survey is open; the value is the page. */
export const MY_SYSTEMS = 'survey.mine';
export const MY_SYSTEMS_PAGE = 'survey.page';

/** A message takes 50 blocks and about 13,200 characters; each unanswered system takes two blocks. */
const IN_MESSAGE = 10;
const ON_PAGE = 20;

export const MAIL_ANSWER =
  '시스템마다 ‘변동 없음’, ‘변경’(바뀐 내용), ‘담당자 변경’(새 담당자의 부서, 이름, 전화번호, 휴대전화번호, 이메일), ‘미사용’ 가운데 하나를 표준API 관리자에게 이메일이나 공문으로 알려 주십시오.';

/** A system of the survey, with its registered data. */
type Shown = AskedSystem & { registered?: Registered | undefined };

/** The message that asks one person about all their systems. If nothing has changed, one press answers for all. */
export function askedNotice(
  round: SurveyRound,
  systems: readonly Shown[],
  lead: string,
  byMail = false,
): Notice {
  const silent = systems.filter(({ answer }) => answer === 'SILENT');
  const listedSystems = byMail ? silent : silent.slice(0, IN_MESSAGE); // a mail lists all: it has no limit and no buttons
  if (silent.length === 0) return thanks(round, systems);
  return {
    text: fallback(`${lead}: ${round.name} (${koreanDay(round.closesOn)}까지)`),
    blocks: [
      header(lead),
      lines([
        { label: '조사', text: round.name },
        { label: '응답 기한', text: `${koreanDay(round.closesOn)}까지` },
        { label: '대상', text: countText(systems) },
      ]),
      section(round.message),
      section('아래의 담당자, 서버, 도메인이 지금과 같은지 확인하십시오.'),
      ...(byMail ? [section(MAIL_ANSWER)] : []),
      ...allUnchanged(round.id, silent.length),
      ...listedSystems.flatMap((system) => [divider, ...systemRow(system, round.id, false)]),
      ...(systems.length > listedSystems.length
        ? [divider, actions(button(MY_SYSTEMS, `전체 ${systems.length}건 보기`, { value: '0' }))]
        : []),
      context(`근거: ${round.basis}`),
    ],
  };
}

/** The message after a person has answered for all systems. */
function thanks(round: SurveyRound, systems: readonly AskedSystem[]): Notice {
  const lead = '응답해 주셔서 감사합니다';
  return {
    text: fallback(`${lead}: ${round.name}`),
    blocks: [
      header(lead),
      lines([
        { label: '조사', text: round.name },
        { label: '응답', text: countText(systems) },
      ]),
      section('더 하실 일은 없습니다. 바뀐 것이 있으면 언제든지 아래에서 고치십시오.'),
      actions(button(MY_SYSTEMS, `전체 ${systems.length}건 보기`, { value: '0' })),
    ],
  };
}

/** The button that answers 변동 없음 for all unanswered systems, when there are two or more. */
function allUnchanged(roundId: string, silent: number): KnownBlock[] {
  if (silent < 2) return [];
  const confirm = {
    title: '모두 변동 없음으로 답할까요?',
    text: `아직 답하지 않은 ${silent}건의 담당자와 신청 정보가 모두 지금과 같습니다.`,
    confirm: '변동 없음',
  };
  return [
    actions(
      button(UNCHANGED_ALL, `${silent}건 모두 변동 없음`, { value: roundId, style: 'primary', confirm }),
    ),
  ];
}

function countText(systems: readonly AskedSystem[]): string {
  const silent = systems.filter(({ answer }) => answer === 'SILENT').length;
  if (silent === 0) return `시스템 ${systems.length}건의 응답을 모두 마치셨습니다. 감사합니다.`;
  return `시스템 ${systems.length}건 가운데 미응답 ${silent}건`;
}

/** A system with its buttons. ‘변경’ of 이용현황조사 (guide 1.8) works at any time, 변동 없음 only during a survey. */
function systemRow(
  { systemId, name, answer, mine, registered }: Shown,
  roundId: string | null,
  whole: boolean,
): KnownBlock[] {
  const subject = { value: `system:${systemId}` };
  return [
    lines([
      { label: '시스템명', text: name },
      ...(roundId ? [{ label: '응답', text: answerLabels[answer] }] : []),
      ...(registered ? registeredLines(registered, whole && mine) : []),
    ]),
    ...(answer === 'RETIRED'
      ? []
      : [
          actions(
            ...(roundId && answer === 'SILENT'
              ? [
                  button(UNCHANGED, '변동 없음', {
                    value: `${roundId}:${systemId}`,
                    style: 'primary' as const,
                  }),
                ]
              : []),
            ...(mine
              ? [
                  button(`${BEGIN_PROCEDURE}.${PROCEDURE.surveyAnswer}`, '변경', subject),
                  button(`${BEGIN_PROCEDURE}.${PROCEDURE.contactChange}`, '담당자 변경', subject),
                  button(`${BEGIN_PROCEDURE}.${PROCEDURE.retirement}`, '미사용', subject),
                ]
              : [button(`${BEGIN_PROCEDURE}.${PROCEDURE.successorClaim}`, '담당자 변경', subject)]),
          ),
        ]),
  ];
}

/** All systems of a person, answered or not, in pages. */
export function mySystemsView(
  round: SurveyRound | null,
  systems: readonly Shown[],
  asked: number,
): ModalView {
  const paging = pageOf(asked, systems.length, ON_PAGE);
  const { page } = paging;
  const pageSystems = systems.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  return modal({
    callbackId: 'survey.list',
    title: '이용현황조사',
    metadata: { page: String(page) },
    blocks: [
      ...(round
        ? [
            lines([
              { label: '조사', text: round.name },
              { label: '응답 기한', text: `${koreanDay(round.closesOn)}까지` },
              { label: '대상', text: countText(systems) },
            ]),
            ...allUnchanged(round.id, systems.filter(({ answer }) => answer === 'SILENT').length),
          ]
        : [
            section(
              '지금 진행 중인 조사는 없습니다. 이용정보가 바뀌었으면 조사 기간이 아니어도 ‘변경’을 눌러 현행화하십시오.',
            ),
          ]),
      ...(systems.length === 0 ? [section('담당하는 시스템이 없습니다.')] : []),
      ...pageSystems.flatMap((system) => [divider, ...systemRow(system, round?.id ?? null, true)]),
      divider,
      section(
        '전임자가 없어 넘겨받지 못한 시스템이 있으면 ‘담당자 부재 변경’을 신청하십시오.',
        button(`${BEGIN_PROCEDURE}.${PROCEDURE.successorClaim}`, '담당자 부재 변경'),
      ),
      ...pager(paging, { actionId: MY_SYSTEMS_PAGE, divided: true }),
    ],
  });
}
