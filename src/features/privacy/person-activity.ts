import { koreanDate } from '../../core/calendar.ts';
import { type Held, OMITTED, when } from '../../procedures/destruction/held.ts';
import { OBJECTION } from '../../procedures/successor-claim/objection.ts';
import { readFiles } from '../../store/blobs.ts';
import type { Tx } from '../../store/store.ts';
import { stateLabels } from '../board/questions/question.ts';

/**
 * The part of a person's 열람본 that is not filings: questions, notes on incidents, surveys, reminders, notices read. A
 * text that the person wrote as an officer about somebody else's question or incident belongs to that other person:
 * the export says only that it was written.
 */
export async function activityOf(tx: Tx, personId: string): Promise<{ [label: string]: Held }> {
  return {
    문의: await questionsOf(tx, personId),
    다른사람문의에쓴글: await answersBy(tx, personId),
    보안사고진행기록: await notesOf(tx, personId),
    담당자변경이의: await objectionsBy(tx, personId),
    이용현황조사: await surveysOf(tx, personId),
    알림: await remindersOf(tx, personId),
    읽은공지: await readingsOf(tx, personId),
    부재: await absencesOf(tx, personId),
  };
}

/** The person's questions with the answers; the names of the officers who answered are left out. */
async function questionsOf(tx: Tx, askerId: string): Promise<Held> {
  const questions = await tx.question.findMany({
    where: { askerId },
    include: { entries: { orderBy: [{ writtenAt: 'asc' }, { id: 'asc' }] } },
    orderBy: { number: 'asc' },
  });
  const systems = await tx.system.findMany({
    where: { id: { in: questions.flatMap(({ systemId }) => systemId ?? []) } },
  });
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  return questions.map(({ number, title, systemId, state, askedAt, answeredAt, closedAt, entries }) => ({
    문의번호: number,
    제목: title,
    대상시스템: names.get(systemId ?? '') ?? null,
    상태: stateLabels[state],
    문의일시: when(askedAt),
    답변일시: when(answeredAt),
    종료일시: when(closedAt),
    글: entries.map(({ byOfficer, text, files, writtenAt, withdrawnAt }) => ({
      작성자: byOfficer ? '표준API 관리자' : '본인',
      작성일시: when(writtenAt),
      거둔때: when(withdrawnAt),
      내용: text,
      첨부파일: readFiles(files).map(({ name }) => name),
    })),
  }));
}

async function answersBy(tx: Tx, authorId: string): Promise<Held> {
  const entries = await tx.questionEntry.findMany({
    where: { authorId, question: { askerId: { not: authorId } } },
    include: { question: { select: { number: true } } },
    orderBy: { writtenAt: 'asc' },
  });
  return entries.map(({ question, writtenAt }) => ({
    문의번호: question.number,
    작성일시: when(writtenAt),
    내용: OMITTED,
  }));
}

async function notesOf(tx: Tx, personId: string): Promise<Held> {
  const notes = await tx.caseNote.findMany({
    where: { OR: [{ personId }, { filing: { applicantId: personId } }] },
    include: { filing: { select: { number: true, applicantId: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const ofIncidents = notes.filter(({ item }) => item !== OBJECTION);
  return ofIncidents.map(({ filing, personId: by, createdAt, item, done, text }) => ({
    접수번호: filing.number,
    작성자: by === personId ? '본인' : '담당자',
    작성일시: when(createdAt),
    내용:
      filing.applicantId !== personId
        ? OMITTED
        : item === null
          ? text
          : `점검표 ${item}: ${done ? '완료' : '되돌림'}`,
  }));
}

async function objectionsBy(tx: Tx, personId: string): Promise<Held> {
  const notes = await tx.caseNote.findMany({
    where: { personId, item: OBJECTION },
    include: { filing: { select: { number: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return notes.map(({ filing, createdAt, text }) => ({
    접수번호: filing.number,
    작성일시: when(createdAt),
    내용: text,
  }));
}

async function surveysOf(tx: Tx, personId: string): Promise<Held> {
  const targets = await tx.surveyTarget.findMany({
    where: { OR: [{ personId }, { unchangedBy: personId }] },
    include: { round: { select: { name: true } }, system: { select: { name: true } } },
    orderBy: [{ round: { openedAt: 'asc' } }, { systemId: 'asc' }],
  });
  return targets.map(({ round, system, unchangedAt, unchangedBy, note }) => ({
    회차: round.name,
    시스템명: system.name,
    변동없음으로답한때: unchangedBy === personId ? when(unchangedAt) : null,
    // The reason for asking another person is data of the person who was asked before.
    응답자를바꾼사유: note === null ? null : OMITTED,
  }));
}

async function remindersOf(tx: Tx, personId: string): Promise<Held> {
  const [reminded, marks] = await Promise.all([
    tx.reminded.findMany({ where: { recipient: personId }, orderBy: [{ saidOn: 'asc' }, { key: 'asc' }] }),
    tx.reminderMark.findMany({ where: { personId }, orderBy: { at: 'asc' } }),
  ]);
  return {
    받은알림: reminded.map(({ notice, dueOn, saidOn }) => ({
      알림: notice,
      기한: koreanDate(dueOn),
      알린날: koreanDate(saidOn),
    })),
    미루거나마친알림: marks.map(({ item, kind, until, at }) => ({
      알림: item,
      처리: kind === 'DONE' ? '마침' : `${until ? koreanDate(until) : ''} 다시 알림`,
      처리일시: when(at),
    })),
  };
}

async function readingsOf(tx: Tx, personId: string): Promise<Held> {
  const readings = await tx.boardNoticeReading.findMany({
    where: { personId },
    include: { notice: { select: { title: true } } },
    orderBy: { readAt: 'asc' },
  });
  return readings.map(({ notice, readAt }) => ({ 제목: notice.title, 읽은때: when(readAt) }));
}

/** The person's absences. Of other officers' absences it says only that the person was the substitute. */
async function absencesOf(tx: Tx, personId: string): Promise<Held> {
  const absences = await tx.absence.findMany({
    where: { OR: [{ officerId: personId }, { substituteId: personId }] },
    orderBy: [{ fromOn: 'asc' }, { id: 'asc' }],
  });
  return absences.map(({ officerId, fromOn, toOn, memo, changedAt, endedAt }) => ({
    구분: officerId === personId ? '본인의 부재' : '다른 관리자를 대신함',
    시작일: koreanDate(fromOn),
    종료일: koreanDate(toOn),
    메모: officerId === personId ? memo : OMITTED,
    설정일시: when(changedAt),
    먼저끝난때: when(endedAt),
  }));
}
