import { koreanDateTime } from '../../core/calendar.ts';

/** Plain JSON with Korean keys: all data about one person, for that person. */
export type Held = string | number | null | Held[] | { [label: string]: Held };

export const OMITTED = '(다른 사람의 정보이므로 뺌)';
export const when = (at: Date | null): string | null => at && koreanDateTime(at);
