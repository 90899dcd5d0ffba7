import { koreanDateTime, seoulDay } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
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
type Shown = (text: string | null) => string | null;

/** The rows after an id, in the order of ids, and the id of the last. */
export interface Batch {
  rows: Cell[][];
  last: string | null;
}

export interface List {
  head: string[];
  after(tx: Tx, last: string | null): Promise<Batch>;
}

/** What a column is called, and what stands in it. */
type Column<Row> = readonly [title: string, cell: (row: Row) => Cell];

/** @param whole names, telephones and mail as they are; masked otherwise */
export function listOf(registry: Registry, name: ExportList, whole: boolean): List {
  const shown = (mask: (text: string) => string): Shown => {
    return (text) => (text === null || whole ? text : mask(text));
  };
  const person = shown(maskName);
  switch (name) {
    case 'queue':
      return filingList(registry, person, { state: SUBMITTED });
    case 'filings':
      return filingList(registry, person, {});
    case 'systems':
      return systemList(person);
    case 'licences':
      return licenceList();
    case 'people':
      return peopleList(person, shown(maskPhone), shown(maskEmail));
  }
}

function listBy<Row extends { id: string }>(
  find: (tx: Tx, last: string | null) => Promise<Row[]>,
  columns: readonly Column<Row>[],
): List {
  return {
    head: columns.map(([title]) => title),
    async after(tx, last) {
      const found = await find(tx, last);
      return {
        rows: found.map((row) => columns.map(([, cell]) => cell(row))),
        last: found.at(-1)?.id ?? null,
      };
    },
  };
}

const from = (last: string | null) => (last === null ? {} : { id: { gt: last } });
const page = { orderBy: { id: 'asc' as const }, take: BATCH };
const day = (at: Date | null) => (at ? seoulDay(at) : null);

function filingList(registry: Registry, person: Shown, which: { state?: typeof SUBMITTED }): List {
  const find = async (tx: Tx, last: string | null) => {
    const found = await tx.filing.findMany({
      where: { ...from(last), ...which },
      ...page,
      include: { applicant: { select: { name: true } } },
    });
    const agencies = await agencyNames(
      tx,
      found.map(({ agencyCode }) => agencyCode),
    );
    return found.map((filing) => ({
      ...filing,
      procedureOf: getProcedure(registry, filing.procedure),
      agency: agencies.get(filing.agencyCode ?? '') ?? null,
    }));
  };
  return listBy(find, [
    ['접수번호', (one) => one.number],
    ['업무', (one) => one.procedureOf.title],
    ['상태', (one) => stateLabel(one, one.procedureOf)],
    ['긴급', (one) => (one.urgent ? '긴급' : null)],
    ['제목', (one) => one.title],
    ['기관', (one) => one.agency],
    ['기관코드', (one) => one.agencyCode],
    ['신청자', (one) => person(one.applicant.name)],
    ['제출일시', (one) => koreanDateTime(one.submittedAt)],
    ['처리일시', (one) => one.decidedAt && koreanDateTime(one.decidedAt)],
    ['접수', (one) => (one.channel === 'PAPER' ? '공문' : '온라인')],
  ]);
}

async function agencyNames(tx: Tx, codes: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(codes.filter((code) => code !== null))];
  const agencies = await tx.agency.findMany({
    where: { code: { in: known } },
    select: { code: true, name: true },
  });
  return new Map(agencies.map(({ code, name }) => [code, name]));
}

function systemList(person: Shown): List {
  const name = { select: { name: true } } as const;
  const include = { agency: name, contact: name, deputy: name };
  const find = (tx: Tx, last: string | null) => tx.system.findMany({ where: from(last), ...page, include });
  return listBy(find, [
    ['시스템명', (one) => one.name],
    ['기관', (one) => one.agency.name],
    ['기관코드', (one) => one.agencyCode],
    ['담당자', (one) => person(one.contact.name)],
    ['부담당자', (one) => person(one.deputy?.name ?? null)],
    ['서버 CN', (one) => one.serverCn],
    ['SCVP', (one) => (one.scvp ? '이용' : null)],
    ['등록일', (one) => day(one.createdAt)],
    ['서비스 개시예정일', (one) => one.serviceOn],
    ['미사용 처리일', (one) => day(one.retiredAt)],
  ]);
}

function licenceList(): List {
  const include = { system: { select: { name: true, agency: { select: { name: true } } } } };
  const find = (tx: Tx, last: string | null) =>
    tx.licence.findMany({ where: from(last), ...page, omit: { payload: true }, include });
  return listBy(find, [
    ['라이선스 번호', (one) => one.number],
    ['종류', (one) => licenceKindLabels[one.kind]],
    ['시스템명', (one) => one.system.name],
    ['기관', (one) => one.system.agency.name],
    ['발급일', (one) => day(one.issuedAt)],
    ['유효기간', (one) => one.expiresOn ?? '기한 없음'],
    ['바뀐 날', (one) => day(one.supersededAt)],
    ['폐지일', (one) => day(one.revokedAt)],
    ['사유', (one) => one.endReason],
  ]);
}

function peopleList(person: Shown, phone: Shown, email: Shown): List {
  const find = (tx: Tx, last: string | null) =>
    tx.person.findMany({
      where: { ...from(last), registeredAt: { not: null } },
      ...page,
      include: { agency: { select: { name: true } } },
    });
  return listBy(find, [
    ['이름', (one) => person(one.name)],
    ['기관', (one) => one.agency?.name ?? null],
    ['기관코드', (one) => one.agencyCode],
    ['부서', (one) => one.department],
    ['직위(직급)', (one) => one.position],
    ['전화번호', (one) => phone(one.phone)],
    ['휴대전화번호', (one) => phone(one.mobile)],
    ['이메일', (one) => email(one.email)],
    ['등록일', (one) => day(one.registeredAt)],
    ['비활성화일', (one) => day(one.deactivatedAt)],
  ]);
}
