import { koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { dayNumber } from '../../core/holidays.ts';
import { cameBy, getProcedure, type Registry } from '../../filing/procedure.ts';
import { stateLabel } from '../../filing/standing.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { licenceKindLabels, withoutEnd } from '../../records/licences/delivery.ts';
import { read } from '../../store/ask.ts';
import type { Tx } from '../../store/store.ts';
import { type Covers, covered, uncovered } from './covers.ts';
import { type Due, dueKinds, wholeDue } from './due.ts';
import { type Column, day, from, type List, listBy, page } from './export-list.ts';
import { systemList, waysTo } from './export-systems.ts';

/** Lists that officers export. */
export const exportLists = {
  queue: '검토 대기',
  due: '기한 관리',
  filings: '신청 전체',
  systems: '시스템',
  licences: '라이선스',
  people: '사람',
} as const;
export type ExportList = keyof typeof exportLists;
export const isExportList = (text: string): text is ExportList => Object.hasOwn(exportLists, text);

/**
 * @param whole true: names, telephone numbers, mail addresses and servers in full; false: masked
 * @param now decides what is expired or due
 */
export function listOf(registry: Registry, name: ExportList, whole: boolean, now: Date): List {
  const covers = whole ? uncovered : covered;
  switch (name) {
    case 'queue':
      return filingList(registry, covers, { state: SUBMITTED });
    case 'due':
      return dueList(covers, now);
    case 'filings':
      return filingList(registry, covers, {});
    case 'systems':
      return systemList(covers, seoulDay(now));
    case 'licences':
      return licenceList();
    case 'people':
      return peopleList(covers);
  }
}

/** The list of deadlines, in one batch because they are few. */
function dueList({ person }: Covers, now: Date): List {
  const find = async (tx: Tx, last: string | null) =>
    last === null ? (await read(tx, wholeDue(now))).map((one) => ({ ...one, id: 'all' })) : [];
  const columns: Column<Due>[] = [
    ['구분', (one) => dueKinds[one.kind]],
    ['기한·요청일', (one) => one.on],
    ['경과', (one) => dayNumber(seoulDay(now)) - dayNumber(one.on)],
    ['시스템·신청', (one) => one.title],
    ['기관', (one) => one.agency],
    ['번호', (one) => one.number],
    ['담당자', (one) => person(one.person)],
    ['연락 방법', (one) => (one.byMail ? '메일·전화' : '메신저')],
  ];
  return listBy(find, columns);
}

function filingList(registry: Registry, { person }: Covers, which: { state?: typeof SUBMITTED }): List {
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
    ['접수', (one) => (one.channel === 'PAPER' ? cameBy(one.procedureOf) : '온라인')],
  ]);
}

async function agencyNames(tx: Tx, codes: readonly (string | null)[]): Promise<Map<string, string>> {
  const distinctCodes = [...new Set(codes.filter((code) => code !== null))];
  const agencies = await tx.agency.findMany({
    where: { code: { in: distinctCodes } },
    select: { code: true, name: true },
  });
  return new Map(agencies.map(({ code, name }) => [code, name]));
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
    ['유효기간', (one) => one.expiresOn ?? withoutEnd(one)],
    ['바뀐 날', (one) => day(one.supersededAt)],
    ['폐지일', (one) => day(one.revokedAt)],
    ['사유', (one) => one.endReason],
  ]);
}

/** Registered users, and contacts of paper filings, who are not registered. */
function peopleList({ person, phone, email }: Covers): List {
  const find = (tx: Tx, last: string | null) =>
    tx.person.findMany({
      where: {
        ...from(last),
        OR: [{ registeredAt: { not: null } }, { contactOf: { some: {} } }, { deputyOf: { some: {} } }],
      },
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
    ['연락 방법', waysTo],
    ['등록일', (one) => day(one.registeredAt)],
    ['비활성화일', (one) => day(one.deactivatedAt)],
  ]);
}
