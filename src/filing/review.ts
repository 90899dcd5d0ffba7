import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../core/calendar.ts';
import type { Finding } from '../core/finding.ts';
import { Refusal } from '../core/refusal.ts';
import {
  actions,
  button,
  context,
  divider,
  lines,
  longText,
  modal,
  section,
  title,
} from '../messenger/blocks.ts';
import type { Scene } from '../messenger/click.ts';
import { type Change, compareAnswers } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { filesOf, stepLines } from '../messenger/forms/form-view.ts';
import { answersOf, findRevision, getRevision } from '../records/filings/revision.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import { chainLines, licenceChain } from '../records/licences/chain.ts';
import { answerNames } from '../records/people/answer-names.ts';
import { readersOnly } from '../records/people/office.ts';
import type { Destruction, Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { aboutLines } from './about.ts';
import { approvalOf } from './approval.ts';
import { approvalBlocks } from './approval-view.ts';
import { attachmentPart } from './attachments.ts';
import { decisionTarget, paperReportButton, stepButton } from './card.ts';
import { changesFrom } from './changes.ts';
import { findingsOn } from './findings.ts';
import { dataSubjectOf } from './form-owner.ts';
import { historyLines } from './history.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { reasonByItself } from './reading.ts';
import { getFiling, standingOf, stateLabel } from './standing.ts';
import { obstacleTo, openSteps, steps, type Verb } from './steps.ts';
import { isFresh } from './undo.ts';
import { changeBlocks } from './wizard.ts';

/** 공식 발급기 파일을 올려 승인. */
export const OFFICIAL = 'filing.approveOfficial';
/** Callback id of the review. */
export const REVIEWED = 'filing.reviewed';
const DECISIONS: readonly Verb[] = ['filing.approve', 'filing.return', 'filing.reject', 'filing.reopen'];

const MARK: Record<Finding['level'], string> = { ok: '✔', look: '⚠', stop: '✖' };

/** @throws Refusal */
export const requireReader = readersOnly('신청 내용은 표준API 관리자와 감사자만 볼 수 있습니다.');

/**
 * Everything about a filing, for an officer: first the checks, then the changes, then all answers. Opening it reads
 * personal data, so it is recorded with its reason before anything is shown.
 * @returns null when a reason has to be asked first
 * @throws Refusal
 */
export async function reviewFiling(
  filings: Filings,
  { who, place }: Scene,
  filingId: string,
  given?: string,
): Promise<ModalView | null> {
  requireReader(who);
  const filing = await operate(filings, { actor: who.id, place }, async (op) => {
    const found = await getFiling(op.tx, filingId);
    const reason = given ?? reasonByItself(who, found);
    if (reason === null) return null;
    op.audit({
      action: 'filing.review',
      subject: `filing:${found.id}`,
      person: await personIn(op.tx, found),
      data: { reason },
    });
    return found;
  });
  return filing && reviewView(filings, filings.db, filing, who);
}

/** Redraws the review for a person whose reading is recorded already. @throws Refusal when it is not */
export async function reviewAgain(filings: Filings, who: Known, filingId: string): Promise<ModalView> {
  requireReader(who);
  const filing = await getFiling(filings.db, filingId);
  await readingReason(filings.db, filings.now(), who, filing);
  return reviewView(filings, filings.db, filing, who);
}

/** The person whose data the newest answers of a filing hold: 정보주체 of the access record. */
export async function personIn(tx: Tx, filing: Filing): Promise<string> {
  return dataSubjectOf(await getRevision(tx, filing));
}

/** How long a recorded reading also covers the attachments. */
const READING_MS = 24 * 60 * 60 * 1000;

/**
 * The reason that this person gave for reading this filing. @throws Refusal when they have not opened it recently, or
 * not since it was submitted again
 */
export async function readingReason(tx: Tx, now: Date, who: Known, filing: Filing): Promise<string> {
  const reason = await reasonRead(tx, now, who, filing);
  if (reason !== null) return reason;
  throw new Refusal('열람 사유가 남아 있지 않습니다.', '내용을 다시 열어 첨부파일을 받으십시오.');
}

/** The same; null instead of the refusal. */
export async function reasonRead(
  tx: Tx,
  now: Date,
  who: Known,
  { id, submittedAt }: Filing,
): Promise<string | null> {
  const reading = await tx.audit.findFirst({
    where: {
      subject: `filing:${id}`,
      action: 'filing.review',
      actor: who.id,
      at: { gte: new Date(Math.max(submittedAt.getTime(), now.getTime() - READING_MS)) },
    },
    orderBy: { seq: 'desc' },
  });
  const { reason } = (reading?.data ?? {}) as { reason?: unknown };
  return typeof reason === 'string' ? reason : null;
}

async function reviewView(filings: Filings, tx: Tx, filing: Filing, who: Known): Promise<ModalView> {
  const destroyed = await tx.destruction.findFirst({ where: { filingId: filing.id } });
  if (destroyed) return destroyedView(filings, tx, filing, destroyed);
  const procedure = getProcedure(filings, filing.procedure);
  const { form } = procedure;
  const answers = await answersOf(tx, filing);
  const former = await formerAnswers(tx, filing);
  const before =
    filing.revision > 1 ? await answersOf(tx, { id: filing.id, revision: filing.revision - 1 }) : null;
  const nameOf = await answerNames(tx, form, answers);
  const findings = await findingsOn(procedure, tx, filing, answers);
  return modal({
    callbackId: REVIEWED,
    title: filing.state === SUBMITTED ? `${procedure.title} 검토` : procedure.title,
    blocks: [
      lines(await aboutLines(tx, procedure, filing, answers, true)),
      context(`접수번호 ${filing.number} · ${stateLabel(filing, procedure)} · ${filing.revision}차 제출`),
      ...(findings.length > 0
        ? [
            title('자동 점검'),
            longText(findings.map(({ level, text }) => `${MARK[level]} ${text}`).join('\n')),
          ]
        : []),
      ...(former
        ? [
            divider,
            ...changeBlocks('지금 내용에서 바뀌는 항목', changesFrom(procedure, former, answers, nameOf)),
          ]
        : []),
      ...(before ? changes(compareAnswers(form, before, answers, nameOf)) : []),
      ...form.steps.flatMap((step, index): KnownBlock[] => {
        const rows = stepLines(form, index, answers, nameOf);
        return rows.length > 0 ? [divider, title(`${index + 1}. ${step.title}`), lines(rows)] : [];
      }),
      ...(who.officer ? await attachmentPart(tx, filing, filesOf(form, answers)) : []),
      ...(await chainPart(tx, filing.systemId, seoulDay(filings.now()))),
      ...((await procedure.followUp?.(tx, filing, who)) ?? []),
      ...(await entries(filings, tx, filing, who)),
      ...undoPart(filings, filing, who),
      divider,
      title('처리 이력'),
      lines(await historyLines(tx, filing.id)),
      ...(await decisionPart(procedure, tx, filing, answers, who)),
    ],
  });
}

/** The end of the review, where the reading ends: what this officer may decide now. */
async function decisionPart(
  procedure: AnyProcedure,
  tx: Tx,
  filing: Filing,
  answers: Answers,
  who: Known,
): Promise<KnownBlock[]> {
  const open = openSteps(standingOf(filing, procedure), who).filter((verb) => DECISIONS.includes(verb));
  if (open.length === 0) return [];
  const approval = open.includes('filing.approve') ? await approvalOf(procedure, tx, filing, answers) : null;
  return [
    divider,
    ...(approval ? approvalBlocks({ ...approval, stops: [], looks: [] }) : []),
    actions(
      ...open.map((verb) => stepButton(verb, filing, procedure, approval)),
      ...(approval && procedure.issues && !procedure.officialOnly
        ? [button(OFFICIAL, '공식 발급기 파일을 올려 승인', { value: decisionTarget(filing) })]
        : []),
    ),
    ...(approval && procedure.issues ? [context(procedure.officialOnly ? ONLY_OFFICIAL : OR_OFFICIAL)] : []),
  ];
}

const ONLY_OFFICIAL =
  '‘승인’을 누르면 공식 발급기로 만든 라이선스 파일을 받습니다. 그 파일이 담당자에게 나갑니다.';
const OR_OFFICIAL =
  '‘승인’하면 보급봇이 서명한 라이선스가 나갑니다. 공식 발급기로 만든 파일이 있으면 ‘공식 발급기 파일을 올려 승인’을 누르십시오. 그 파일이 대신 나갑니다.';

/** 되돌리기, for the officer who just decided it. */
export function undoPart(
  filings: Pick<Filings, 'procedures' | 'now'>,
  filing: Filing,
  who: Known,
): KnownBlock[] {
  const standing = standingOf(filing, getProcedure(filings, filing.procedure));
  const open = obstacleTo('filing.undo', standing, who) === null;
  if (!open || !isFresh(filing, filings.now())) return [];
  return [
    actions(button('filing.undo', steps['filing.undo'].label, { value: decisionTarget(filing) })),
    context('잘못 처리했으면 5분 안에 되돌릴 수 있습니다. 신청자가 고치기 시작하면 되돌릴 수 없습니다.'),
  ];
}

/** What else an officer may do here: enter a report from paper. */
async function entries(filings: Filings, tx: Tx, filing: Filing, who: Known): Promise<KnownBlock[]> {
  if (!who.officer) return [];
  const buttons = await paperReportButton(filings, tx, filing);
  return buttons.length > 0 ? [actions(...buttons)] : [];
}

/** Every licence of the system, old → new. */
async function chainPart(tx: Tx, systemId: string | null, today: string): Promise<KnownBlock[]> {
  const chain = systemId ? await licenceChain(tx, systemId) : [];
  return chain.length > 0 ? [divider, title('라이선스 이력'), lines(chainLines(chain, today))] : [];
}

/** A destroyed filing shows only when and on what ground it was destroyed. */
async function destroyedView(
  filings: Filings,
  tx: Tx,
  filing: Filing,
  { basis, destroyedAt }: Destruction,
): Promise<ModalView> {
  const procedure = getProcedure(filings, filing.procedure);
  return modal({
    callbackId: REVIEWED,
    title: procedure.title,
    blocks: [
      context(`접수번호 ${filing.number} · ${stateLabel(filing, procedure)}`),
      section(
        `보존기간이 지나 ${koreanDate(seoulDay(destroyedAt))} 개인정보와 첨부파일을 파기한 신청입니다. (${basis})`,
      ),
      divider,
      title('처리 이력'),
      lines(await historyLines(tx, filing.id)),
    ],
  });
}

function changes(differences: Change[]): KnownBlock[] {
  if (differences.length === 0) return [divider, section('지난 제출과 달라진 항목이 없습니다.')];
  return [divider, ...changeBlocks('지난 제출과 달라진 항목', differences)];
}

/** What was registered at the submission, if the filing changes it; else null. */
async function formerAnswers(tx: Tx, filing: Filing): Promise<Answers | null> {
  const found = await findRevision(tx, filing);
  return (found?.before ?? null) as Answers | null;
}
