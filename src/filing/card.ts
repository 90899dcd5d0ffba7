import type { Button, KnownBlock } from '@slack/types';
import { koreanDateTime, seoulDay } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import { actions, button, callChannel, context, fallback, header, lines } from '../messenger/blocks.ts';
import type { Notice } from '../messenger/notice.ts';
import { APPROVED, SUBMITTED } from '../records/filings/states.ts';
import { awaitsPaperReport } from '../records/systems/paper-report.ts';
import type { Filing } from '../store/client/client.ts';
import type { Db, Tx } from '../store/store.ts';
import { aboutRead } from './about.ts';
import { type Approval, approvalOf, confirmText } from './approval.ts';
import { findCardFacts } from './card-facts.ts';
import { BOT, BOT_LABEL } from './decider.ts';
import type { Target } from './decision.ts';
import { countsText } from './findings.ts';
import { type AnyProcedure, cameBy, type Filings, getProcedure } from './procedure.ts';
import { standingOf, stateLabel } from './standing.ts';
import { openSteps, steps, type Verb } from './steps.ts';

export const REVIEW = 'filing.review';
/** The button that begins the correction of a filing, in messages and lists. */
export const CORRECT = 'filing.resubmit';
/** 적용결과 등록, by an officer for a contact without an account; the value is the system, if it is known. */
export const PAPER_REPORT = 'paper.report';
/** Prefix of the title of an urgent filing. */
export const URGENT = '[긴급] ';

/**
 * Stands for any officer: a card shows what every officer may do. Each click is checked again against the database.
 */
const anOfficer = { id: '', officer: true };

/**
 * The card in the officers' channel. It shows as little as possible: agency, system, state and a masked name. Null when
 * it is not `fresh` and is about an offer that was not accepted yet, because the desk has not seen it.
 */
export async function filingCard(
  filings: Pick<Filings, 'procedures' | 'now'>,
  db: Db,
  filingId: string,
  fresh = true,
): Promise<Notice | null> {
  const facts = await findCardFacts(db, filingId);
  if (!facts || (!fresh && facts.unseen)) return null;
  const { filing, answers, concerned } = facts;
  const procedure = getProcedure(filings, filing.procedure);
  const decider = filing.decidedBy === BOT.id ? BOT_LABEL : nameOf(facts.decider);
  const label = stateLabel(filing, procedure);
  const waits = filing.state === SUBMITTED;
  const approval = waits ? await approvalOf(procedure, db, filing, answers, concerned.applicant) : null;

  const urgent = filing.urgent ? URGENT : '';
  const blocks: KnownBlock[] = [
    header(`${urgent}${procedure.title} · ${label}`),
    ...(filing.urgent && filing.state === SUBMITTED ? [callChannel('지금 바로 확인하십시오.')] : []),
    lines([
      ...(await aboutRead(db, procedure, facts, false)),
      ...(filing.channel === 'PAPER'
        ? [
            {
              label: '접수',
              text: `${cameBy(procedure)} (등록: ${nameOf(facts.enterer) ?? '관리자'})`,
            },
          ]
        : []),
      {
        label: '접수번호',
        text: `${filing.number}${filing.revision > 1 ? ` (${filing.revision}차 제출)` : ''}`,
      },
    ]),
    waiting(waits, filing.submittedAt),
    ...(approval
      ? [
          context(
            `자동 점검: ${countsText({ stops: approval.stops.length, looks: approval.looks.length }) || '확인할 것 없음'}`,
          ),
        ]
      : []),
    ...(decider && filing.decidedAt
      ? [context(`${label}: ${decider} · ${koreanDateTime(filing.decidedAt)}`)]
      : []),
    actions(
      button(REVIEW, filing.state === SUBMITTED ? '검토' : '내용 보기', { value: filing.id }),
      ...openSteps(standingOf(filing, procedure), anOfficer).map((verb) =>
        // With an objection it opens the review and does not act at once.
        stepButton(verb, filing, procedure, filing.objections > 0 ? null : approval),
      ),
      ...(await paperReportButton(filings, db, filing)),
    ),
  ];
  return {
    text: fallback(`${urgent}${procedure.title} ${label}: ${filing.title} (${filing.number})`),
    blocks,
  };
}

/** The masked name of an officer; null while there is none, and when that person's data was destroyed. */
function nameOf(officer: string | null): string | null {
  return officer === null ? null : maskName(officer) || '관리자';
}

/** The button to enter a result that came by mail, for an approved application whose contact has no account. */
export async function paperReportButton(
  { now }: Pick<Filings, 'now'>,
  tx: Tx,
  { state, systemId }: Filing,
): Promise<Button[]> {
  if (state !== APPROVED || !(await awaitsPaperReport(tx, systemId, seoulDay(now())))) return [];
  return [button(PAPER_REPORT, '적용결과 등록', { value: systemId ?? '' })];
}

/** How long a filing has waited. The reader's own client counts, so the card never gets out of date. */
function waiting(waits: boolean, since: Date): KnownBlock {
  const seconds = Math.floor(since.getTime() / 1000);
  const at = koreanDateTime(since);
  return {
    type: 'context',
    elements: [
      {
        type: 'mrkdwn',
        text: waits ? `검토 대기: <!date^${seconds}^{ago}|${at}> 제출 (${at})` : `제출: ${at}`,
      },
    ],
  };
}

/** The value of a decision button: the filing, and what the officer sees: the revision, and how many objections. */
export function decisionTarget({
  id,
  revision,
  objections,
}: Pick<Filing, 'id' | 'revision' | 'objections'>): string {
  return [id, revision, ...(objections > 0 ? [objections] : [])].join(':');
}

export function readTarget(value: string): Target {
  const [filingId = '', revision, objections = 0] = value.split(':');
  return revision === undefined
    ? { filingId }
    : { filingId, revision: Number(revision), objections: Number(objections) };
}

/**
 * The button of a step. Only a plain approval acts at once, after one confirmation. The other steps open a window,
 * and so does an approval that states its outcome, takes the official file or cannot be undone.
 */
export function stepButton(
  verb: Verb,
  filing: Filing,
  { outcome, irreversible, officialOnly }: AnyProcedure,
  approval: Approval | null,
): Button {
  const { label } = steps[verb];
  const value = decisionTarget(filing);
  if (verb === 'filing.withdraw') return withdrawButton(value, filing.title);
  if (verb !== 'filing.approve')
    return button(verb, label, { value, ...(verb === 'filing.reject' ? { style: 'danger' } : {}) });
  if (irreversible) return button(verb, label, { value, style: 'danger' });
  return button(verb, label, {
    value,
    style: 'primary',
    ...(outcome || officialOnly || !approval
      ? {}
      : {
          confirm: {
            title: '승인하시겠습니까?',
            text: confirmText(filing.title, approval),
            confirm: '승인',
          },
        }),
  });
}

/** 삭제, by the applicant, or by an officer for a filing from paper. */
export function withdrawButton(target: string, title: string): Button {
  return button('filing.withdraw', steps['filing.withdraw'].label, {
    value: target,
    style: 'danger',
    confirm: {
      title: '삭제하시겠습니까?',
      text: `${title}: 신청을 거두어 목록에서 지웁니다. 되돌릴 수 없습니다. (제출 기록은 보존기간 동안 남습니다.)`,
      confirm: '삭제',
    },
  });
}
