import { seoulDay } from '../../core/calendar.ts';
import { putBlob } from '../../store/blobs.ts';
import type { Filing, Licence, ModuleRelease } from '../../store/client/client.ts';
import { nextNumber } from '../../store/counter.ts';
import type { Operation } from '../../store/operation.ts';
import { isInForce } from '../in-force.ts';
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
import type { Signer } from './signer.ts';

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

/**
 * Signs a licence inside the approval's transaction and supersedes the former ones. A unique key allows one licence
 * for each revision of a filing, so a second approval cannot issue a second licence.
 */
export async function issueLicence(op: Operation, issuer: Issuer, order: LicenceOrder): Promise<Licence> {
  const { kind, filing, module, official } = order;
  const officialDigest = official ? await claimOfficial(op, official) : null;
  const system = await op.tx.system.findUniqueOrThrow({
    where: { id: filing.systemId },
    include: { agency: true, licences: { orderBy: [{ issuedAt: 'desc' }, { id: 'desc' }] } },
  });
  const before = system.licences;
  // A temporary licence never supersedes a regular one: 재배포 is tested next to a running system.
  const replaced = before.filter((one) => isInForce(one) && (kind === 'REGULAR' || one.kind === kind));
  const year = seoulDay(op.now).slice(0, 4);
  const number = makeLicenceNumber(kind, op.now, await nextNumber(op.tx, `licence:${kind}:${year}`));

  const readOff = official?.expiresOn ?? null;
  const payload: LicencePayload = licencePayload.parse({
    format: 'bogeup-licence/1',
    number,
    kind,
    system: { id: system.id, name: system.name },
    agency: { code: system.agencyCode, name: system.agency.name },
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
  const licence = await op.tx.licence.create({
    data: {
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
    },
  });
  if (replaced.length > 0)
    await op.tx.licence.updateMany({
      where: { id: { in: replaced.map((one) => one.id) } },
      data: { supersededAt: op.now, endReason: order.reason },
    });
  op.audit({
    action: 'licence.issue',
    subject: `licence:${number}`,
    data: { filing: filing.number, sha256, madeBy: licence.madeBy },
  });
  deliverLicence(op, licence, system.contactId, `issue:${licence.id}`);
  return licence;
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
