import { v7 as uuid7 } from 'uuid';
import { z } from 'zod';
import { koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { all, read, rowOf, rowsOf } from '../../store/ask.ts';
import { putBlob } from '../../store/blobs.ts';
import { type Filing, type Licence, type ModuleRelease, Prisma } from '../../store/client/client.ts';
import { nextNumber } from '../../store/counter.ts';
import { assignment, insertion } from '../../store/new-rows.ts';
import type { Operation } from '../../store/operation.ts';
import { IN_FORCE, isInForce, supersedes } from '../in-force.ts';
import { licenceRow } from '../rows.ts';
import type { BoundHost } from './hosts.ts';
import {
  type LicencePayload,
  licenceFileName,
  licencePayload,
  makeLicenceNumber,
  temporaryExpiry,
} from './licence.ts';
import { claimOfficial, type OfficialFile } from './official-licence.ts';
import { signLicence } from './sign.ts';
import { isSignerInForce, type Signer } from './signer.ts';

/** Whether the bot signs licences, or issues only files of the official generator. */
export type LicenceSource = 'own' | 'official';

/** What issuing needs: the signer, and how many months a temporary licence is valid (no source fixes it). */
export interface Issuer {
  signer: Signer;
  temporaryMonths: number;
  /** `own` when left out. */
  source?: LicenceSource;
}

export interface LicenceOrder {
  kind: 'TEMPORARY' | 'REGULAR';
  filing: Filing & { systemId: string };
  hosts: BoundHost[];
  module: ModuleRelease | null;
  /** Why the superseded licences end, for the history of the system's licences. */
  reason: string;
  /** The official generator's file, issued instead of one that the bot signs. */
  official?: OfficialFile | undefined;
}

/** The system of a licence, and the licences that it has had, newest first. */
function licensed(systemId: string) {
  const named = z.object({
    id: z.string(),
    name: z.string(),
    agencyCode: z.string(),
    contactId: z.string(),
    agency: z.string(),
  });
  return all({
    system: rowOf(
      Prisma.sql`
        SELECT s.id, s.name, s."agencyCode", s."contactId", a.name AS agency
        FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode" WHERE s.id = ${systemId}`,
      named,
    ),
    before: rowsOf(
      Prisma.sql`
        SELECT * FROM "Licence" WHERE "systemId" = ${systemId} ORDER BY "issuedAt" DESC, id DESC`,
      licenceRow,
    ),
  });
}

/**
 * Signs a licence inside the approval's transaction and supersedes the former ones. A unique key allows one licence
 * for each revision of a filing, so a second approval cannot issue a second licence.
 */
export async function issueLicence(op: Operation, issuer: Issuer, order: LicenceOrder): Promise<Licence> {
  const { kind, filing, module, official } = order;
  if (!official) requireInForce(issuer.signer, op.now);
  const officialDigest = official ? await claimOfficial(op, official) : null;
  const { system, before } = await read(op.tx, licensed(filing.systemId));
  if (!system) throw new Error(`no system ${filing.systemId}`);
  const replaced = before.filter((one) => isInForce(one) && supersedes(kind, one));
  const year = seoulDay(op.now).slice(0, 4);
  const number = makeLicenceNumber(kind, op.now, await nextNumber(op.tx, `licence:${kind}`, year));

  const readOff = official?.expiresOn ?? null;
  const payload: LicencePayload = licencePayload.parse({
    format: 'bogeup-licence/1',
    number,
    kind,
    system: { id: system.id, name: system.name },
    agency: { code: system.agencyCode, name: system.agency },
    hosts: order.hosts,
    module: module && {
      name: module.name,
      version: module.version,
      language: module.language,
      os: module.os,
      bits: module.bits,
    },
    issuedAt: op.now.toISOString(),
    filing: filing.number,
    revision: before.filter((one) => one.kind === kind).length + 1,
    previous: replaced[0]?.number ?? null,
    expiresOn: kind === 'TEMPORARY' ? (readOff ?? temporaryExpiry(op.now, issuer.temporaryMonths)) : null,
  });
  const bytes = official ? official.bytes : signLicence(payload, issuer.signer);
  const sha256 = await putBlob(op.tx, bytes, op.now);
  const licence: Licence = {
    id: uuid7(),
    number,
    kind,
    madeBy: officialDigest ? 'OFFICIAL' : 'BOT',
    systemId: system.id,
    filingId: filing.id,
    revision: filing.revision,
    payload,
    fileName: licenceFileName(payload),
    sha256,
    moduleId: module?.id ?? null,
    issuedAt: op.now,
    expiresOn: payload.expiresOn,
    previousId: replaced[0]?.id ?? null,
    ...IN_FORCE,
    endReason: null,
  };
  const columns = Prisma.LicenceScalarFieldEnum;
  const ended = { supersededAt: op.now, endReason: order.reason };
  await op.tx.$executeRaw`
    WITH superseded AS (
      UPDATE "Licence" SET ${assignment('Licence', columns, ended)}
      WHERE id = ANY(${replaced.map((one) => one.id)}))
    ${insertion('Licence', columns, [licence])}`;
  op.audit({
    action: 'licence.issue',
    subject: `licence:${number}`,
    data: { filing: filing.number, sha256, madeBy: licence.madeBy },
  });
  deliverLicence(op, licence, system.contactId, `issue:${licence.id}`);
  return licence;
}

/** @throws Refusal when the signer's certificate is not in force: no verifier would take what it signs */
function requireInForce(signer: Signer, now: Date): void {
  if (isSignerInForce(signer, now)) return;
  const { notBefore, notAfter } = signer;
  const why =
    now > notAfter
      ? `라이선스를 서명하는 인증서가 ${koreanDateTime(notAfter)}에 만료되었습니다.`
      : `라이선스를 서명하는 인증서는 ${koreanDateTime(notBefore)}부터 쓸 수 있습니다.`;
  throw new Refusal(
    `${why} 그래서 라이선스를 발급하지 못했습니다.`,
    '봇을 운영하는 사람에게 알려 서명 인증서를 바꾸게 한 뒤 다시 승인하십시오. 급하면 승인할 때 공식 발급기의 파일을 첨부하십시오.',
  );
}

/**
 * Sends licence and module to a person and records the delivery. `occasion` is part of the message's key, so that
 * each occasion sends once.
 */
export function deliverLicence(op: Operation, licence: Licence, personId: string, occasion: string): void {
  op.audit({ action: 'licence.deliver', subject: `licence:${licence.number}`, person: personId });
  op.tell({
    key: `licence:${occasion}`,
    notice: 'licence.delivery',
    to: personId,
    facts: { licenceId: licence.id },
  });
}
