import { putBlob } from '../../src/store/blobs.ts';
import type { Store } from '../../src/store/store.ts';
import { applicationAnswers } from '../answers.ts';

export interface SeededSystems {
  /** Person ids. */
  contactId: string;
  deputyId?: string;
  count: number;
  agencyCode?: string;
  /** Before the number. */
  name?: string;
}

/** Systems with an approved application and a regular licence in force, of somebody's. @returns their ids */
export async function seedSystems(
  { db }: Store,
  now: Date,
  { contactId, deputyId, count, agencyCode = '1741000', name = '행정안전부 시스템' }: SeededSystems,
): Promise<string[]> {
  const sha256 = await db.$transaction((tx) => putBlob(tx, Buffer.from('seeded licence'), now));
  const before = await db.system.count();
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  const number = (index: number) => String(before + index + 1).padStart(6, '0');
  await db.system.createMany({
    data: ids.map((id, index) => ({
      id,
      name: `${name} ${before + index + 1}`,
      agencyCode,
      contactId,
      deputyId: deputyId ?? null,
      serverIps: ['10.10.1.21'],
      createdAt: now,
    })),
  });
  await db.filing.createMany({
    data: ids.map((id, index) => ({
      id,
      number: `2025-${number(index)}`,
      procedure: 'application',
      state: 'APPROVED' as const,
      revision: 1,
      approvedRevision: 1,
      title: `${name} ${before + index + 1}`,
      applicantId: contactId,
      agencyCode,
      systemId: id,
      submittedAt: now,
      decidedAt: now,
    })),
  });
  await db.revision.createMany({
    data: ids.map((id) => ({
      filingId: id,
      number: 1,
      answers: describedAs(agencyCode),
      submittedBy: contactId,
      submittedAt: now,
    })),
  });
  await db.licence.createMany({
    data: ids.map((id, index) => ({
      number: `REG-2025-${number(index)}`,
      kind: 'REGULAR' as const,
      systemId: id,
      filingId: id,
      revision: 1,
      payload: {},
      fileName: 'gpkiapi.lic',
      sha256,
      issuedAt: now,
    })),
  });
  return ids;
}

const { dataUse: _forData, letter, diagram, process, ...described } = applicationAnswers;
const describedAs = (agency: string) => ({
  ...described,
  agency,
  systemName: '행정안전부 시스템',
  ip: '10.10.1.21',
  usage: ['LOGIN'],
});
