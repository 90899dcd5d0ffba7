import { koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { type Cell, csvText } from '../../core/csv-file.ts';
import { maskEmail, maskName, maskPhone } from '../../core/mask.ts';
import { stateLabel } from '../../filing/decide.ts';
import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import type { Tx } from '../../store/store.ts';

/** Lists that officers take out of the bot. */
export const exportLists = {
  queue: '검토 대기',
  filings: '신청 전체',
  systems: '시스템',
  licences: '라이선스',
  people: '사람',
} as const;
type ExportList = keyof typeof exportLists;
export const isExportList = (text: string): text is ExportList => Object.hasOwn(exportLists, text);

/** Rows asked for at once, so that a list of hundreds of thousands is never whole in the database's answer. */
const BATCH = 5000;

type Registry = Pick<Filings, 'procedures'>;
type Row = Cell[];
/** The rows after this id, in the order of ids, and the id of the last. */
type Batch = { rows: Row[]; last: string | null };

interface List {
  head: string[];
  after(tx: Tx, last: string | null): Promise<Batch>;
}

const day = (at: Date | null) => (at ? seoulDay(at) : null);
const from = (last: string | null) => (last === null ? {} : { id: { gt: last } });
const page = { orderBy: { id: 'asc' as const }, take: BATCH };

async function agencyNames(tx: Tx, codes: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(codes.filter((code) => code !== null))];
  const agencies = await tx.agency.findMany({
    where: { code: { in: known } },
    select: { code: true, name: true },
  });
  return new Map(agencies.map(({ code, name }) => [code, name]));
}

/** @param whole names, telephones and mail as they are; masked otherwise */
export function listOf(registry: Registry, name: ExportList, whole: boolean): List {
  const person = (text: string | null) => (text === null ? null : whole ? text : maskName(text));
  const phone = (text: string | null) => (text === null ? null : whole ? text : maskPhone(text));
  const email = (text: string | null) => (text === null ? null : whole ? text : maskEmail(text));
  switch (name) {
    case 'queue':
    case 'filings':
      return {
        head: [
          '접수번호',
          '업무',
          '상태',
          '긴급',
          '제목',
          '기관',
          '기관코드',
          '신청자',
          '제출일시',
          '처리일시',
          '접수',
        ],
        async after(tx, last) {
          const where = { ...from(last), ...(name === 'queue' ? { state: SUBMITTED } : {}) };
          const found = await tx.filing.findMany({
            where,
            ...page,
            include: { applicant: { select: { name: true } } },
          });
          const agencies = await agencyNames(
            tx,
            found.map(({ agencyCode }) => agencyCode),
          );
          return {
            last: found.at(-1)?.id ?? null,
            rows: found.map((filing) => {
              const procedure = getProcedure(registry, filing.procedure);
              return [
                filing.number,
                procedure.title,
                stateLabel(filing, procedure),
                filing.urgent ? '긴급' : null,
                filing.title,
                agencies.get(filing.agencyCode ?? '') ?? null,
                filing.agencyCode,
                person(filing.applicant.name),
                koreanDateTime(filing.submittedAt),
                filing.decidedAt && koreanDateTime(filing.decidedAt),
                filing.channel === 'PAPER' ? '공문' : '온라인',
              ];
            }),
          };
        },
      };
    case 'systems':
      return {
        head: [
          '시스템명',
          '기관',
          '기관코드',
          '담당자',
          '부담당자',
          '서버 CN',
          'SCVP',
          '등록일',
          '서비스 개시예정일',
          '미사용 처리일',
        ],
        async after(tx, last) {
          const found = await tx.system.findMany({
            where: from(last),
            ...page,
            include: {
              agency: { select: { name: true } },
              contact: { select: { name: true } },
              deputy: { select: { name: true } },
            },
          });
          return {
            last: found.at(-1)?.id ?? null,
            rows: found.map((one) => [
              one.name,
              one.agency.name,
              one.agencyCode,
              person(one.contact.name),
              person(one.deputy?.name ?? null),
              one.serverCn,
              one.scvp ? '이용' : null,
              day(one.createdAt),
              one.serviceOn,
              day(one.retiredAt),
            ]),
          };
        },
      };
    case 'licences':
      return {
        head: [
          '라이선스 번호',
          '종류',
          '시스템명',
          '기관',
          '발급일',
          '유효기간',
          '바뀐 날',
          '폐지일',
          '사유',
        ],
        async after(tx, last) {
          const found = await tx.licence.findMany({
            where: from(last),
            ...page,
            omit: { payload: true },
            include: { system: { select: { name: true, agency: { select: { name: true } } } } },
          });
          return {
            last: found.at(-1)?.id ?? null,
            rows: found.map((one) => [
              one.number,
              licenceKindLabels[one.kind],
              one.system.name,
              one.system.agency.name,
              day(one.issuedAt),
              one.expiresOn ?? '기한 없음',
              day(one.supersededAt),
              day(one.revokedAt),
              one.endReason,
            ]),
          };
        },
      };
    case 'people':
      return {
        head: [
          '이름',
          '기관',
          '기관코드',
          '부서',
          '직위(직급)',
          '전화번호',
          '휴대전화번호',
          '이메일',
          '등록일',
          '비활성화일',
        ],
        async after(tx, last) {
          const found = await tx.person.findMany({
            where: { ...from(last), registeredAt: { not: null } },
            ...page,
            include: { agency: { select: { name: true } } },
          });
          return {
            last: found.at(-1)?.id ?? null,
            rows: found.map((one) => [
              person(one.name),
              one.agency?.name ?? null,
              one.agencyCode,
              one.department,
              one.position,
              phone(one.phone),
              phone(one.mobile),
              email(one.email),
              day(one.registeredAt),
              day(one.deactivatedAt),
            ]),
          };
        },
      };
  }
}

/** Rows until which Excel's form is made too: a workbook is whole in memory many times over, a CSV file once. */
const WORKBOOK_ROWS = 20_000;

/** The whole list as CSV, read in batches; its rows too while there are few enough for a workbook. */
export async function exportOf(
  tx: Tx,
  { head, after }: List,
): Promise<{ csv: Buffer; count: number; rows: Row[] | null }> {
  const pieces: Buffer[] = [Buffer.from(csvText([head]))];
  let rows: Row[] | null = [];
  let count = 0;
  for (let last: string | null = null; ; ) {
    const batch: Batch = await after(tx, last);
    if (batch.last === null) return { csv: Buffer.concat(pieces), count, rows };
    last = batch.last;
    count += batch.rows.length;
    pieces.push(Buffer.from(csvText(batch.rows, { bom: false })));
    rows = rows && count <= WORKBOOK_ROWS ? [...rows, ...batch.rows] : null;
  }
}
