import { koreanDateTime } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
import { channelOf } from '../../filing/drafts.ts';
import type { Fillable } from '../../filing/procedure.ts';
import { isEmpty, readValues, showValue } from '../../messenger/forms/answers.ts';
import type { Answers, Field, Value } from '../../messenger/forms/form.ts';
import { type Held, OMITTED, when } from '../../procedures/destruction/held.ts';
import { isAboutPerson, namesSomebody } from '../../procedures/destruction/impersonal.ts';
import { roleLabels } from '../../procedures/role-change/role-change.ts';
import { stateLabels } from '../../records/filings/states.ts';
import { consentLabels } from '../../records/people/consents.ts';
import type { Person, Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { activityOf } from './person-activity.ts';

/** All forms that a person may have filled in, by procedure. */
type Registry = ReadonlyMap<string, Pick<Fillable, 'document' | 'form' | 'ofNewcomer'>>;

/**
 * 개인정보 열람본. The export of one person discloses no data of others: answers about somebody else are left out, and
 * so are the names of the people who handled the data.
 * @throws when there is no such person
 */
export async function everythingOn(
  tx: Tx,
  procedures: Registry,
  personId: string,
  now: Date,
): Promise<{ [label: string]: Held }> {
  const person = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    include: {
      agency: true,
      grants: { orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }] },
      certificates: { orderBy: [{ registeredAt: 'asc' }, { id: 'asc' }] },
      stepUp: true,
    },
  });
  const own = { where: { personId } };
  const [consents, challenges] = await Promise.all([
    tx.consent.findMany({ ...own, orderBy: [{ agreedAt: 'asc' }, { id: 'asc' }] }),
    tx.challenge.findMany({ ...own, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
  ]);
  return {
    문서: '개인정보 열람본',
    작성일시: koreanDateTime(now),
    등록정보: {
      식별자: person.id,
      메신저계정: person.slackId,
      이름: person.name,
      소속기관: person.agency ? `${person.agency.name} (${person.agency.code})` : null,
      부서: person.department,
      '직위(직급)': person.position,
      전화번호: person.phone,
      휴대전화번호: person.mobile,
      이메일: person.email,
      처음기록한때: when(person.createdAt),
      등록승인일시: when(person.registeredAt),
      계정비활성화일시: when(person.deactivatedAt),
    },
    동의: consents.map(({ kind, version, text, agreedAt }) => ({
      종류: consentLabels[kind] ?? kind,
      판: version,
      동의일시: when(agreedAt),
      동의한내용: text,
    })),
    권한: person.grants.map(({ role, grantedAt, endedAt }) => ({
      권한: roleLabels[role],
      부여일시: when(grantedAt),
      해지일시: when(endedAt),
    })),
    인증서: person.certificates.map((one) => ({
      CN: one.cn,
      주체: one.subject,
      발급자: one.issuer,
      일련번호: one.serial,
      정책: one.policy,
      유효기간: `${when(one.notBefore)} – ${when(one.notAfter)}`,
      지문: one.fingerprint,
      등록일시: when(one.registeredAt),
      종료일시: when(one.endedAt),
    })),
    본인확인요청: challenges.map(({ createdAt, usedAt }) => ({ 요청: when(createdAt), 사용: when(usedAt) })),
    일회용비밀번호: person.stepUp ? { 등록일시: when(person.stepUp.enrolledAt) } : null,
    담당시스템: await systemsOf(tx, personId),
    신청: await filingsOf(tx, procedures, person),
    작성중인신청: await draftsOf(tx, procedures, person),
    작성도움: await helpOf(tx, procedures, personId),
    ...(await activityOf(tx, personId)),
    받은안내: await messagesTo(tx, personId),
    처리기록: await traces(tx, personId),
  };
}

async function draftsOf(tx: Tx, procedures: Registry, person: Person): Promise<Held> {
  const drafts = await tx.draft.findMany({
    where: { personId: person.id },
    orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
  });
  return Promise.all(
    drafts.map(async (draft) => {
      const procedure = procedures.get(draft.procedure) ?? null;
      const onPaper = (await channelOf(tx, draft.subject)) === 'PAPER';
      return {
        신청서: procedure?.document ?? draft.procedure,
        마지막저장: when(draft.updatedAt),
        내용: heldAnswers(procedure, readValues(draft.answers), person, onPaper),
      };
    }),
  );
}

async function systemsOf(tx: Tx, personId: string): Promise<Held> {
  const systems = await tx.system.findMany({
    where: { OR: [{ contactId: personId }, { deputyId: personId }] },
    include: { agency: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return systems.map(({ name, agency, contactId, createdAt, retiredAt }) => ({
    시스템명: name,
    기관: agency.name,
    역할: contactId === personId ? '담당자' : '부담당자',
    등록일시: when(createdAt),
    미사용일시: when(retiredAt),
  }));
}

async function filingsOf(tx: Tx, procedures: Registry, person: Person): Promise<Held> {
  const filings = await tx.filing.findMany({
    where: {
      OR: [
        { applicantId: person.id },
        { namedId: person.id },
        { revisions: { some: aboutPerson(person.id) } },
      ],
    },
    include: { revisions: { where: aboutPerson(person.id), orderBy: { number: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  return filings.map((filing) => {
    const procedure = procedures.get(filing.procedure) ?? null;
    const ofNewcomer = procedure?.ofNewcomer === true && filing.applicantId === person.id;
    return {
      접수번호: filing.number,
      신청서: procedure?.document ?? filing.procedure,
      상태: stateLabels[filing.state],
      처리일시: when(filing.decidedAt),
      사유: filing.reason,
      제출: filing.revisions.map(({ number, submittedAt, answers, remarks }) => ({
        차수: number,
        제출일시: when(submittedAt),
        내용: heldAnswers(procedure, readValues(answers), person, ofNewcomer),
        보완요청: remarksOn(procedure, remarks as Record<string, string> | null),
      })),
    };
  });
}

/** Forms that this person helped to fill in, and forms that others helped this person with. */
async function helpOf(tx: Tx, procedures: Registry, personId: string): Promise<Held> {
  const rows = await tx.draftHelper.findMany({
    where: { OR: [{ helperId: personId }, { invitedBy: personId }] },
    orderBy: [{ invitedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ helperId, procedure, invitedAt, doneAt, endedAt }) => ({
    역할: helperId === personId ? '도운 사람' : '도움을 요청한 사람',
    신청서: procedures.get(procedure)?.document ?? procedure,
    요청일시: when(invitedAt),
    작성완료일시: when(doneAt),
    종료일시: when(endedAt),
  }));
}

/** The officers' remarks of a 보완요청, by the labels of the fields. */
function remarksOn(procedure: Pick<Fillable, 'form'> | null, remarks: Record<string, string> | null): Held {
  return Object.fromEntries(
    Object.entries(remarks ?? {}).map(([name, text]) => [procedure?.form.fields[name]?.label ?? name, text]),
  );
}

/** Condition for revisions whose personal answers are about this person, not about an earlier contact. */
function aboutPerson(personId: string): Prisma.RevisionWhereInput {
  return { OR: [{ dataSubjectId: personId }, { dataSubjectId: null, submittedBy: personId }] };
}

/**
 * Answers by their labels. In a form that names somebody else, or is `filledFor` somebody else, the personal answers
 * are about that other person and are left out.
 */
function heldAnswers(
  procedure: Pick<Fillable, 'form'> | null,
  answers: Answers,
  person: Person,
  filledFor = false,
): Held {
  if (!procedure) return null;
  const entries = procedure.form.steps
    .flatMap((step) => step.fields)
    .flatMap((name) => {
      const field = procedure.form.fields[name];
      const value = answers[name];
      return field && !isEmpty(value) ? [{ field, value }] : [];
    });
  const ofAnother =
    filledFor ||
    entries.some(
      ({ field, value }) =>
        namesSomebody(field) && ![person.slackId, person.id].some((own) => own !== null && own === value),
    );
  return Object.fromEntries(
    entries.map(({ field, value }) => [
      field.label,
      ofAnother && isAboutPerson(field) ? OMITTED : held(field, value),
    ]),
  );
}

/** An answer as on screen, but a day as data: `2026-11-23`. */
function held(field: Field, value: Value | undefined): string {
  return field.input.kind === 'date' ? String(value) : showValue(field, value);
}

async function messagesTo(tx: Tx, personId: string): Promise<Held> {
  const rows = await tx.outbox.findMany({
    where: { recipient: personId },
    select: { notice: true, createdAt: true, sentAt: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ notice, createdAt, sentAt }) => ({
    안내: notice,
    만든때: when(createdAt),
    보낸때: when(sentAt),
  }));
}

/** Rows of the audit trail: actions of the person, and actions of others with the person's data, with the reason. */
async function traces(tx: Tx, personId: string): Promise<Held> {
  const rows = await tx.audit.findMany({
    where: { OR: [{ actor: personId }, { person: personId }] },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ seq, at, actor, place, action, subject, person, data }) => {
    const isOwnData = person === personId;
    const { reason } = data as { reason?: unknown };
    return {
      번호: seq,
      일시: when(at),
      행위: action,
      행위자: actor === personId ? '본인' : '담당자',
      접속지: actor === personId ? place : null,
      대상: isOwnData ? subject : null,
      사유: isOwnData && typeof reason === 'string' ? reason : null,
    };
  });
}

/** The export as a table: the path of each item, and its content. */
export function heldRows(held: Held, path: readonly string[] = []): Cell[][] {
  const above: Cell[][] = path.length === 0 ? [['항목', '내용']] : [];
  if (held === null || typeof held !== 'object') return [...above, [path.join(' > '), held ?? '']];
  const parts = Array.isArray(held)
    ? held.map((part, index): [string, Held] => [String(index + 1), part])
    : Object.entries(held);
  if (parts.length === 0) return [...above, [path.join(' > '), '(없음)']];
  return [...above, ...parts.flatMap(([label, part]) => heldRows(part, [...path, label]))];
}

/** Formats of the file that a person gets. */
type ExportFormat = 'json' | 'csv';

export const isExportFormat = (text: string): text is ExportFormat => text === 'json' || text === 'csv';
