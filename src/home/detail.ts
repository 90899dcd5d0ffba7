import type { KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { FILING_DOCUMENT } from '../features/documents/documents-slack.ts';
import { paperOf } from '../features/documents/papers.ts';
import { staffLines } from '../features/systems/deputy-slack.ts';
import { dataSubjectOf, maskedAnswers } from '../filing/form-owner.ts';
import { historyLines } from '../filing/history.ts';
import { type Filings, getProcedure } from '../filing/procedure.ts';
import { stateLabel } from '../filing/standing.ts';
import { actions, button, context, divider, header, lines, modal, title } from '../messenger/blocks.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { stepLines } from '../messenger/forms/form-view.ts';
import { getRevision } from '../records/filings/revision.ts';
import { WITHDRAWN } from '../records/filings/states.ts';
import { chainLines, linked } from '../records/licences/chain.ts';
import { answerNames } from '../records/people/answer-names.ts';
import { serverCertificateLines } from '../records/systems/server-certificate-store.ts';
import type { Filing, Licence } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Tx } from '../store/store.ts';
import { verificationLines } from './system-list.ts';
import { workBlocks, workMenu } from './system-works.ts';

type Registry = Pick<Filings, 'procedures' | 'now'>;

/** 상세 of one of my systems: licences, and every filing with its history. @throws Refusal */
export async function systemDetail(
  registry: Registry,
  tx: Tx,
  who: Known,
  systemId: string,
): Promise<ModalView> {
  const system = await chargedWith(tx, who, systemId);
  const today = seoulDay(registry.now());
  const filings = await Promise.all(system.filings.map((filing) => filingPart(registry, tx, who, filing)));
  return modal({
    callbackId: 'system.detail',
    title: '시스템 상세',
    blocks: [
      header(system.name),
      lines([...staffLines(system), ...verificationLines(system)]),
      ...licencePart(system.licences, today),
      lines(await serverCertificateLines(tx, system.id, registry.now())),
      ...workBlocks(registry, system, who),
      ...filings.flat(),
    ],
  });
}

/** 다른 업무 of one of my systems. @throws Refusal */
export async function systemMenu(
  registry: Registry,
  tx: Tx,
  who: Known,
  systemId: string,
): Promise<ModalView> {
  return workMenu(registry, await chargedWith(tx, who, systemId), who);
}

/** The system, if this person is its contact or deputy. @throws Refusal */
async function chargedWith(tx: Tx, who: Known, id: string) {
  const system = await tx.system.findUnique({
    where: { id },
    include: {
      contact: true,
      deputy: true,
      licences: true,
      filings: { where: { state: { not: WITHDRAWN } }, orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }] },
    },
  });
  if (system && [system.contactId, system.deputyId].includes(who.id)) return system;
  throw new Refusal('담당하는 시스템만 볼 수 있습니다.', '홈의 목록에서 시스템을 확인하십시오.');
}

/** 상세 of a filing that belongs to no system. @throws Refusal */
export async function filingDetail(
  registry: Registry,
  tx: Tx,
  who: Known,
  filingId: string,
): Promise<ModalView> {
  const filing = await tx.filing.findUnique({ where: { id: filingId } });
  if (filing?.applicantId !== who.id) throw new Refusal('본인이 제출한 신청만 볼 수 있습니다.');
  return modal({
    callbackId: 'filing.detail',
    title: '신청 상세',
    blocks: await filingPart(registry, tx, who, filing),
  });
}

function licencePart(licences: readonly Licence[], today: string): KnownBlock[] {
  if (licences.length === 0) return [context('발급된 라이선스가 없습니다.')];
  return [title('라이선스 이력'), lines(chainLines(linked(licences), today))];
}

/**
 * Title, history and last submitted answers of a filing. The person whom the personal data describes reads it in full;
 * the deputy and a later contact read it masked.
 */
async function filingPart(registry: Registry, tx: Tx, who: Known, filing: Filing): Promise<KnownBlock[]> {
  const procedure = getProcedure(registry, filing.procedure);
  const revision = await getRevision(tx, filing);
  const given = readValues(revision.answers);
  const answers = dataSubjectOf(revision) === who.id ? given : maskedAnswers(procedure.form, given);
  const nameOf = await answerNames(tx, procedure.form, answers);
  const rows = procedure.form.steps.flatMap((_, step) => stepLines(procedure.form, step, answers, nameOf));
  return [
    divider,
    title(`${procedure.document} · ${stateLabel(filing, procedure)}`),
    context(`접수번호 ${filing.number}`),
    lines(await historyLines(tx, filing.id)),
    lines(rows),
    ...(paperOf(filing.procedure)
      ? [actions(button(FILING_DOCUMENT, '신청서 내려받기', { value: filing.id }))]
      : []),
    ...((await procedure.followUp?.(tx, filing, who)) ?? []),
  ];
}
