import type { Button, KnownBlock } from '@slack/types';
import { koreanDateTime, seoulDay } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import {
  actions,
  button,
  callChannel,
  context,
  cut,
  fallback,
  header,
  type Labelled,
  LIMIT,
  lines,
} from '../messenger/blocks.ts';
import { getField, isEmpty, showValue } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import type { Notice } from '../messenger/notice.ts';
import { APPROVED, SUBMITTED } from '../records/filings/states.ts';
import { answerNames } from '../records/people/answer-names.ts';
import { awaitsPaperReport } from '../records/systems/paper-report.ts';
import type { Filing } from '../store/client/client.ts';
import type { Db, Tx } from '../store/store.ts';
import { BOT, BOT_LABEL, standingOf, stateLabel } from './decide.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { openSteps, steps, type Verb } from './steps.ts';

export const REVIEW = 'filing.review';
/** Correcting a filing begins with this button, in messages and lists alike. */
export const CORRECT = 'filing.resubmit';
/** 적용결과 등록, by an officer for a contact without an account; the value is the system, where it is known. */
export const PAPER_REPORT = 'paper.report';
/** Before the title of what cannot wait. */
export const URGENT = '[긴급] ';

/** No person is both: a card shows what officers as such may do; each click is decided again from the database. */
const anOfficer = { personId: '', officer: true };

/** The card in the officers' channel: minimum disclosure, so agency, system, state and a masked name only. */
export async function filingCard(
  filings: Pick<Filings, 'procedures' | 'now'>,
  db: Db,
  filingId: string,
): Promise<Notice | null> {
  const filing = await db.filing.findUnique({
    where: { id: filingId },
    include: {
      applicant: { include: { agency: true } },
      revisions: { select: { number: true, answers: true }, orderBy: { number: 'desc' }, take: 1 },
    },
  });
  if (!filing) return null;
  const procedure = getProcedure(filings, filing.procedure);
  const agency = filing.agencyCode
    ? await db.agency.findUnique({ where: { code: filing.agencyCode } })
    : null;
  const [decider, enterer] = await Promise.all([
    officerName(db, filing.decidedBy),
    officerName(db, filing.enteredBy),
  ]);
  const label = stateLabel(filing, procedure);
  const latest = filing.revisions.find((one) => one.number === filing.revision)?.answers as unknown as
    | Answers
    | undefined;
  const name = filing.applicant.name ?? (typeof latest?.name === 'string' ? latest.name : null);

  const urgent = filing.urgent ? URGENT : '';
  const blocks: KnownBlock[] = [
    header(`${urgent}${procedure.title} · ${label}`),
    ...(filing.urgent && filing.state === SUBMITTED ? [callChannel('지금 바로 확인하십시오.')] : []),
    lines([
      { label: '기관', text: agency?.name ?? '(미상)' },
      ...(await subjectLines(db, procedure, filing, latest ?? {})),
      { label: '신청자', text: name ? maskName(name) : '(이름 없음)' },
      ...(filing.channel === 'PAPER' ? [{ label: '접수', text: `공문 (등록: ${enterer ?? '관리자'})` }] : []),
      {
        label: '접수번호',
        text: `${filing.number}${filing.revision > 1 ? ` (${filing.revision}차 제출)` : ''}`,
      },
    ]),
    waiting(filing.state === SUBMITTED, filing.submittedAt),
    ...(decider && filing.decidedAt
      ? [context(`${label}: ${decider} · ${koreanDateTime(filing.decidedAt)}`)]
      : []),
    actions(
      button(REVIEW, '검토', { value: filing.id }),
      ...openSteps(standingOf(filing, procedure), anOfficer).map((verb) =>
        stepButton(verb, decisionTarget(filing), filing.title, procedure),
      ),
      ...(await paperReportButton(filings, db, filing)),
    ),
  ];
  return {
    text: fallback(`${urgent}${procedure.title} ${label}: ${filing.title} (${filing.number})`),
    blocks,
  };
}

/** What it is about: the answers that the procedure wants seen at once, or the system's name. */
async function subjectLines(
  db: Db,
  { form, onCard }: AnyProcedure,
  { systemId, systemIds, title }: Filing,
  answers: Answers,
): Promise<Labelled[]> {
  if (!onCard) return systemId || systemIds.length > 0 ? [{ label: '시스템명', text: title }] : [];
  const nameOf = await answerNames(db, form, answers);
  return onCard.map((name) => {
    const field = getField(form, name);
    const value = answers[name];
    const text = isEmpty(value) ? '고르지 않음' : showValue(field, value, nameOf);
    return { label: field.label, text: cut(text, LIMIT.text) };
  });
}

/** Masked; null while there is none, or when the one who did it is no more. */
async function officerName(db: Db, id: string | null): Promise<string | null> {
  if (id === BOT.id) return BOT_LABEL;
  const person = id ? await db.person.findUnique({ where: { id } }) : null;
  return person && (person.name ? maskName(person.name) : '관리자');
}

/** After an approved application whose contact has no account: what comes back by mail is entered from here. */
export async function paperReportButton(
  { now }: Pick<Filings, 'now'>,
  tx: Tx,
  { state, systemId }: Filing,
): Promise<Button[]> {
  if (state !== APPROVED || !(await awaitsPaperReport(tx, systemId, seoulDay(now())))) return [];
  return [button(PAPER_REPORT, '적용결과 등록', { value: systemId ?? '' })];
}

/** How long it waits, counted by the reader's own client, so that the card never grows stale. */
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

/** What a decision button carries: the filing, and the revision that the officer has before them. */
export function decisionTarget({ id, revision }: { id: string; revision: number }): string {
  return `${id}:${revision}`;
}

export function readTarget(value: string): { filingId: string; revision?: number } {
  const [filingId = '', revision] = value.split(':');
  return revision === undefined ? { filingId } : { filingId, revision: Number(revision) };
}

/** Only approval acts at once, after one question; the other steps, and one that tells its outcome, ask for words. */
function stepButton(verb: Verb, target: string, title: string, { outcome }: AnyProcedure) {
  const { label } = steps[verb];
  if (verb === 'filing.withdraw') return withdrawButton(target, title);
  if (verb !== 'filing.approve') {
    return button(verb, label, {
      value: target,
      ...(verb === 'filing.reject' ? { style: 'danger' as const } : {}),
    });
  }
  return button(verb, label, {
    value: target,
    style: 'primary',
    ...(outcome
      ? {}
      : {
          confirm: {
            title: '승인하시겠습니까?',
            text: `${title}: 검토를 마쳤으면 승인하십시오.`,
            confirm: '승인',
          },
        }),
  });
}

/** 삭제: by the applicant, or by an officer for a paper filing. */
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
