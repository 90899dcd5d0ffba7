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

/** Whether the bot signs, or the official generator's file is the only one that is issued. */
export type LicenceSource = 'own' | 'official';

/** What issuing needs: who signs, and how long a temporary licence holds (months; no source fixes it). */
export interface Issuer {
  signer: Signer;
  temporaryMonths: number;
  /** `own` without it. */
  source?: LicenceSource;
}

export interface LicenceOrder {
  kind: 'TEMPORARY' | 'REGULAR';
  filing: Filing & { systemId: string };
  hosts: BoundHost[];
  module: ModuleRelease | null;
  /** Why the ones that it replaces end, for the chain old → new. */
  reason: string;
  /** The official generator's file, issued instead of one that the bot signs. */
  official?: OfficialFile | undefined;
}

/**
 * Signs a licence inside the approval's transaction and marks the ones it replaces as superseded. A filing revision
 * has one licence, by a unique key: a second approval cannot issue a second one.
 */
export async function issueLicence(op: Operation, issuer: Issuer, order: LicenceOrder): Promise<Licence> {
  const { kind, filing, module, official } = order;
  const officialDigest = official ? await claimOfficial(op, official) : null;
  const system = await op.tx.system.findUniqueOrThrow({
    where: { id: filing.systemId },
    include: { agency: true, licences: { orderBy: [{ issuedAt: 'desc' }, { id: 'desc' }] } },
  });
  const before = system.licences;
  // A temporary licence never takes a regular one out of service (재배포 tests next to a running system).
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

/** Sends licence and module to a person's DM; every delivery is recorded. `occasion` makes it happen once. */
export function deliverLicence(op: Operation, licence: Licence, personId: string, occasion: string): void {
  op.audit({ action: 'licence.deliver', subject: `licence:${licence.number}`, person: personId });
  op.tell({
    key: `licence:${occasion}`,
    notice: 'licence.delivery',
    to: personId,
    facts: { licenceId: licence.id },
  });
}
