import { koreanDateTime } from '../../core/calendar.ts';
import { maskName } from '../../core/mask.ts';
import type { Labelled } from '../../messenger/blocks.ts';
import type { CaseNote, Filing } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

/** What an officer does before an incident is closed. The keys are stored. */
export const checklist = {
  CALL: '신고자에게 전화하여 사고 내용과 범위 확인',
  SCOPE: '관련 시스템과 라이선스 확인 (같은 서버의 다른 시스템 포함)',
  REVOKE: '파손·유출된 라이선스의 폐지 여부 결정',
  KEY: '서버용 인증서의 키 유출 여부 확인 (우려가 있으면 인증서 재발급 안내)',
  NOTIFY: '행정안전부 등 관계기관에 알릴지 결정',
  REISSUE: '재발급 또는 모듈 재배포 안내',
  PREVENT: '재발 방지 조치 확인',
} as const;

type ChecklistItem = keyof typeof checklist;
export const checklistItems = Object.keys(checklist) as ChecklistItem[];
export const isChecklistItem = (item: string): item is ChecklistItem => Object.hasOwn(checklist, item);

export const MAX_NOTE = 500;

/** Adds to the timeline. The audit row names the note without its text, which is destroyed with the case. */
export async function addNote(
  op: Operation,
  filing: Pick<Filing, 'id' | 'applicantId'>,
  note: { text: string } | { item: ChecklistItem; done: boolean },
): Promise<CaseNote> {
  const made = await op.tx.caseNote.create({
    data: { filingId: filing.id, personId: op.author.actor, createdAt: op.now, ...note },
  });
  op.audit({
    action: 'item' in note ? 'incident.tick' : 'incident.note',
    subject: `filing:${filing.id}`,
    person: filing.applicantId,
    data: { note: made.id, ...('item' in note ? note : {}) },
  });
  return made;
}

interface Ticked {
  item: ChecklistItem;
  /** Who ticked it and when; null while it is open. */
  by: string | null;
}

export interface Timeline {
  notes: CaseNote[];
  /** Masked names by person. */
  names: ReadonlyMap<string, string>;
}

/** The oldest note first. */
export async function readTimeline(tx: Tx, filingId: string): Promise<Timeline> {
  const notes = await tx.caseNote.findMany({
    where: { filingId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const people = await tx.person.findMany({ where: { id: { in: notes.map(({ personId }) => personId) } } });
  return {
    notes,
    names: new Map(people.map(({ id, name }) => [id, name ? maskName(name) : '담당자'])),
  };
}

/** The state of each item of the checklist; its latest note counts. */
export function tickedItems({ notes, names }: Timeline): Ticked[] {
  return checklistItems.map((item) => {
    const last = notes.findLast((note) => note.item === item);
    const by = last?.done
      ? `${names.get(last.personId) ?? '담당자'} · ${koreanDateTime(last.createdAt)}`
      : null;
    return { item, by };
  });
}

export function timelineLines({ notes, names }: Timeline): Labelled[] {
  return notes.map(({ createdAt, personId, item, done, text }) => {
    const what =
      item !== null && isChecklistItem(item)
        ? `${checklist[item]}: ${done ? '완료' : '완료를 되돌림'}`
        : text;
    return { label: koreanDateTime(createdAt), text: `${names.get(personId) ?? '담당자'} · ${what}` };
  });
}
