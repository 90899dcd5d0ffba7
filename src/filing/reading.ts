import { visibleText } from '../core/typed-text.ts';
import { SUBMITTED } from '../records/filings/states.ts';

/**
 * The acts that read personal data, with their purposes. The access record (접속기록) of 개인정보의 안전성 확보조치 기준 제8조 consists
 * of them. An act that is not in this table is not a reading.
 */
export interface ReadingAct {
  /** 수행업무 in the record. */
  label: string;
  /** The purpose, if the act itself makes it clear. */
  purpose: string | null;
}

export const readingActs = {
  'filing.review': { label: '신청 내용 열람', purpose: null },
  'filing.attachment': { label: '첨부파일 내려받기', purpose: null },
  'filing.document': { label: '신청서 내려받기', purpose: '담당 시스템 신청서 보관' },
  'desk.system': { label: '시스템 상세 조회', purpose: '시스템 관리' },
  'desk.person': { label: '담당자 조회', purpose: '담당자 관리' },
  'desk.export': { label: '목록 내려받기(가림)', purpose: '업무 현황 관리' },
  'desk.exportWhole': { label: '목록 내려받기(가리지 않음)', purpose: null },
  'question.read': { label: '문의 내용 열람', purpose: '문의 답변' },
  'question.file': { label: '문의 첨부파일 내려받기', purpose: '문의 답변' },
  'paper.read': { label: '공문 접수 서식 열람', purpose: '공문 접수' },
  'person.fromPaper': { label: '종이 신청 담당자 정보 입력·정정', purpose: '공문 접수' },
  'person.email': { label: '이메일 주소 정정', purpose: '전달하지 못한 안내 재전송' },
  'survey.received': { label: '조사 응답 문서 내려받기', purpose: '이용현황조사' },
  'survey.result': { label: '조사 결과 내려받기(가림)', purpose: '이용현황조사' },
  'access.report': { label: '접속기록 보고서 내려받기', purpose: '접속기록 점검' },
  'audit.export': { label: '감사기록 내려받기', purpose: '감사' },
  'person.view': { label: '본인 정보 조회', purpose: '본인 조회' },
  'person.export': { label: '개인정보 열람본 내려받기', purpose: '정보주체의 열람 요구' },
} as const satisfies Record<string, ReadingAct>;

export type ReadingAction = keyof typeof readingActs;
export const readingActions = Object.keys(readingActs) as ReadingAction[];

export const isReading = (action: string): action is ReadingAction => Object.hasOwn(readingActs, action);

/** 열람 사유: the choices of an officer or auditor for a filing that no longer waits. */
export const reasons = {
  INQUIRY: '민원·문의 대응',
  AFTERCARE: '재발급·사후관리',
  AUDIT: '감사·점검',
  OTHER: '기타',
} as const;

type ReasonKey = keyof typeof reasons;

/** An officer reads a waiting filing in order to decide it. */
const REVIEW_REASON = '신청 검토';
export const MAX_REASON = 200;

/** The reason, if it need not be asked; else null. Auditors are always asked. */
export function reasonByItself(reader: { officer: boolean }, filing: { state: string }): string | null {
  return reader.officer && filing.state === SUBMITTED ? REVIEW_REASON : null;
}

/** The reason to record, from the choice and the text; or the refusal, with its field. */
export function readReason(
  chosen: string,
  typed: string,
): { ok: true; reason: string } | { ok: false; at: 'choice' | 'detail'; message: string } {
  const key = (Object.keys(reasons) as ReasonKey[]).find((one) => one === chosen);
  if (!key) return { ok: false, at: 'choice', message: '열람 사유를 고르십시오.' };
  const detail = visibleText(typed).normalize('NFC').trim().replace(/\s+/g, ' ').slice(0, MAX_REASON);
  if (key === 'OTHER' && detail === '') {
    return { ok: false, at: 'detail', message: '‘기타’를 골랐으면 무엇 때문에 보는지 적으십시오.' };
  }
  return { ok: true, reason: detail === '' ? reasons[key] : `${reasons[key]}: ${detail}` };
}
