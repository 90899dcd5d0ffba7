import { z } from 'zod';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { currentLicence } from '../../records/in-force.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import { boundHost } from '../../records/licences/hosts.ts';
import { operatingSystems } from '../../records/modules/choices.ts';
import { systemState, withState } from '../../records/systems/standing.ts';
import type { Licence } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import type { Covers } from './covers.ts';
import { day, from, type List, listBy, page } from './export-list.ts';

/** Answers of an approved application or report of the system. */
interface Applied {
  systemId: string;
  procedure: string;
  os: string | null;
  osDetail: string | null;
  osApplied: string | null;
  moduleVersion: string | null;
}

const include = {
  agency: { select: { name: true } },
  contact: true,
  deputy: { select: { name: true } },
  ...withState,
} as const;

/** The list of systems, with platform and contact. @param today decides which licences have expired */
export function systemList({ person, phone, email, hosts }: Covers, today: string): List {
  const find = async (tx: Tx, last: string | null) => {
    const found = await tx.system.findMany({ where: from(last), ...page, include });
    const applied = await appliedTo(
      tx,
      found.map(({ id }) => id),
    );
    return found.map((one) => {
      const licence = currentLicence(one.licences);
      const own = applied.get(one.id) ?? [];
      const report = own.find(({ procedure }) => procedure === PROCEDURE.resultReport);
      return { ...one, licence, own, report, bound: readLicence(licence) };
    });
  };
  type Row = Awaited<ReturnType<typeof find>>[number];
  const listed = (part: 'host' | 'mac' | 'domain') => (one: Row) =>
    hosts([...new Set(one.bound.hosts.flatMap((host) => host[part] ?? []))]);
  return listBy(find, [
    ['시스템명', (one) => one.name],
    ['기관', (one) => one.agency.name],
    ['기관코드', (one) => one.agencyCode],
    ['상태', (one) => systemState(one, today)],
    ['라이선스 종류', (one) => one.licence && licenceKindLabels[one.licence.kind]],
    ['라이선스 번호', (one) => one.licence?.number ?? null],
    ['만료일', (one) => one.licence?.expiresOn ?? null],
    ['서버 IP', (one) => hosts(one.serverIps)],
    ['HOST', listed('host')],
    ['Mac 주소', listed('mac')],
    ['도메인', listed('domain')],
    ['운영체제', (one) => osOf(one.profile, one.own)],
    ['모듈 버전', (one) => one.report?.moduleVersion ?? one.bound.module],
    ['담당자', (one) => person(one.contact.name)],
    ['담당자 부서', (one) => one.contact.department],
    ['전화번호', (one) => phone(one.contact.phone)],
    ['휴대전화번호', (one) => phone(one.contact.mobile)],
    ['이메일', (one) => email(one.contact.email)],
    ['연락 방법', (one) => waysTo(one.contact)],
    ['부담당자', (one) => person(one.deputy?.name ?? null)],
    ['서버 CN', (one) => one.serverCn],
    ['SCVP', (one) => (one.scvp ? '이용' : null)],
    ['등록일', (one) => day(one.createdAt)],
    ['서비스 개시예정일', (one) => one.serviceOn],
    ['미사용 처리일', (one) => day(one.retiredAt)],
  ]);
}

/** The way to reach a person: messenger, or mail for paper contacts, who have no messenger account. */
export function waysTo(person: { slackId: string | null; deactivatedAt: Date | null }): string {
  if (person.deactivatedAt) return '비활성화됨';
  return person.slackId ? '메신저' : '메일·전화';
}

/** The newest approved application and report of each. */
async function appliedTo(tx: Tx, ids: string[]): Promise<Map<string, Applied[]>> {
  const rows = await tx.$queryRaw<Applied[]>`
    SELECT DISTINCT ON (f."systemId", f.procedure) f."systemId", f.procedure,
      r.answers->>'os' AS os, r.answers->>'osDetail' AS "osDetail", r.answers->>'osApplied' AS "osApplied",
      r.answers->>'moduleVersion' AS "moduleVersion"
    FROM "Filing" f JOIN "Revision" r ON r."filingId" = f.id AND r.number = f."approvedRevision"
    WHERE f."systemId" = ANY(${ids}::text[])
      AND f.procedure = ANY(${[PROCEDURE.application, PROCEDURE.resultReport]}::text[])
    ORDER BY f."systemId", f.procedure, f."submittedAt" DESC`;
  const bySystem = new Map<string, Applied[]>();
  for (const row of rows) bySystem.set(row.systemId, [...(bySystem.get(row.systemId) ?? []), row]);
  return bySystem;
}

/** The operating system: from a survey answer, else from the report, else from the application. */
function osOf(profile: unknown, own: readonly Applied[]): string | null {
  const { os, osDetail } = (profile ?? {}) as { os?: string | null; osDetail?: string | null };
  const corrected = named(os, osDetail);
  const reported = own.find(({ osApplied }) => osApplied)?.osApplied;
  const first = own.find(({ procedure }) => procedure === PROCEDURE.application);
  return corrected ?? reported ?? named(first?.os, first?.osDetail);
}

function named(os?: string | null, detail?: string | null): string | null {
  if (detail) return detail;
  return operatingSystems.find(({ value }) => value === os)?.label ?? null;
}

const payload = z.object({
  hosts: z.array(boundHost).catch([]),
  module: z.object({ name: z.string(), version: z.string() }).nullable().catch(null),
});

/** The hosts that the licence is bound to, and the module delivered with it. */
function readLicence(licence: Licence | null) {
  const { hosts, module } = payload.parse(licence?.payload ?? {});
  return { hosts, module: module && `${module.name} ${module.version}` };
}
