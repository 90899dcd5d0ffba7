import { z } from 'zod';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { inForce } from '../../records/in-force.ts';
import { type Ask, instant, map, read, rowOf } from '../../store/ask.ts';
import { Prisma, type SurveyRound } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** 기관 구분, for the scope and the progress of a round. The first digit of the agency's code decides (기관코드). */
export const groups = [
  { value: 'CENTRAL', label: '중앙행정기관' },
  { value: 'LOCAL', label: '지방자치단체' },
  { value: 'EDUCATION', label: '교육청' },
  { value: 'OTHER', label: '그 밖의 행정기관' },
  { value: 'PUBLIC', label: '공공기관' },
] as const;

/** SQL: the group of the agency `a`. Offices of education are recognised by their name, not by their code. */
export const groupOf = Prisma.sql`CASE
  WHEN a.kind = 'PUBLIC' THEN 'PUBLIC'
  WHEN a.name LIKE '%교육청%' THEN 'EDUCATION'
  WHEN a.code ~ '^1' THEN 'CENTRAL'
  WHEN a.code ~ '^[3-6]' THEN 'LOCAL'
  ELSE 'OTHER' END`;

/** 시·도: the names of a region's agencies begin with the region's name. */
export const regions = [
  '서울특별시',
  '부산광역시',
  '대구광역시',
  '인천광역시',
  '광주광역시',
  '대전광역시',
  '울산광역시',
  '세종특별자치시',
  '경기도',
  '강원특별자치도',
  '충청북도',
  '충청남도',
  '전북특별자치도',
  '전라남도',
  '경상북도',
  '경상남도',
  '제주특별자치도',
] as const;

/** The systems that a round asks about. */
export interface Scope {
  groups: string[];
  /** The beginning of the agency's name, or null for the whole country. */
  region: string | null;
  licences: 'ALL' | 'TEMPORARY' | 'REGULAR';
}

/** Reads the scope that openRound stored. */
export const storedScope = ({ scope }: Pick<SurveyRound, 'scope'>): Scope => scope as unknown as Scope;

/** SQL condition for the systems `s` of agencies `a` in the scope: in use, with a licence in force. */
export function inScope({ groups: chosen, region, licences }: Scope): Prisma.Sql {
  return Prisma.sql`s."retiredAt" IS NULL
    AND ${groupOf} = ANY(${chosen})
    AND (${region}::text IS NULL OR a.name LIKE ${`${region}%`})
    AND EXISTS (
      SELECT 1 FROM "Licence" l WHERE l."systemId" = s.id AND ${inForce('l')}
        AND (${licences} = 'ALL' OR l.kind::text = ${licences}))`;
}

/** PLANNED: the first day is in the future, and nobody is asked yet. */
export type Standing = 'PLANNED' | 'OPEN' | 'OVER';
type Days = Pick<SurveyRound, 'openedAt' | 'endedAt' | 'closesOn'>;

export function standing({ openedAt, endedAt, closesOn }: Days, today: string): Standing {
  if (endedAt !== null || today > closesOn) return 'OVER';
  return today < seoulDay(openedAt) ? 'PLANNED' : 'OPEN';
}

/** Whether a round takes answers: it has begun, is not ended, and its last day is not over. */
export const isOpen = (round: Days, today: string): boolean => standing(round, today) === 'OPEN';

const roundRow: z.ZodType<SurveyRound> = z.object({
  id: z.string(),
  name: z.string(),
  closesOn: z.string(),
  scope: z.custom<Prisma.JsonValue>(),
  basis: z.string(),
  message: z.string(),
  openedBy: z.string(),
  openedAt: instant,
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
});

/** The open or planned round. There is at most one at a time. */
export function livingRoundOf(now: Date): Ask<SurveyRound | null> {
  return rowOf(
    Prisma.sql`
      SELECT * FROM "SurveyRound" WHERE "endedAt" IS NULL AND "closesOn" >= ${seoulDay(now)}
      ORDER BY "openedAt" DESC LIMIT 1`,
    roundRow,
  );
}

/** The round that takes answers now. */
export function openRoundOf(now: Date): Ask<SurveyRound | null> {
  return map(livingRoundOf(now), (round) => (round && isOpen(round, seoulDay(now)) ? round : null));
}

export function findOpenRound(tx: Tx, now: Date): Promise<SurveyRound | null> {
  return read(tx, openRoundOf(now));
}

/** The open round of this id. @throws Refusal when it has not begun, or is over */
export async function getOpenRound(tx: Tx, now: Date, id: string): Promise<SurveyRound> {
  const round = await getLivingRound(tx, now, id);
  if (isOpen(round, seoulDay(now))) return round;
  throw new Refusal(
    `아직 시작하지 않은 조사입니다: ${round.name} (시작 ${koreanDate(seoulDay(round.openedAt))})`,
    '시작하는 날부터 응답합니다.',
  );
}

/** The open or planned round of this id. @throws Refusal when it is over */
export async function getLivingRound(tx: Tx, now: Date, id: string): Promise<SurveyRound> {
  const round = await tx.surveyRound.findUnique({ where: { id } });
  if (!round) throw new Refusal('이용현황조사를 찾을 수 없습니다.', '홈의 ‘이용현황조사’를 누르십시오.');
  if (standing(round, seoulDay(now)) !== 'OVER') return round;
  throw new Refusal(
    `끝난 조사입니다: ${round.name} (마감 ${koreanDate(round.closesOn)})`,
    '바뀐 내용은 홈의 ‘이용현황조사’에서 ‘변경’을 눌러 언제든지 낼 수 있습니다.',
  );
}
