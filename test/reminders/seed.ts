import { temporaryExpiry } from '../../src/records/licences/licence.ts';
import type { Filing, Licence, Person, Prisma, System } from '../../src/store/client/client.ts';
import type { Db } from '../../src/store/store.ts';

/** A system with a temporary licence, whose contact and deputy can be told things. */
export interface Seeded {
  contact: Person;
  deputy: Person;
  system: System;
  filing: Filing;
  licence: Licence;
}

let count = 0;

export async function seedAgency(db: Db): Promise<void> {
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await db.blob.create({ data: { sha256: 'a'.repeat(64), size: 1, createdAt: new Date(0) } });
}

export async function seedSystem(db: Db, issuedAt: Date, name = '온나라 시스템'): Promise<Seeded> {
  const [contact, deputy] = [await seedPerson(db, '김철용'), await seedPerson(db, '이영희')];
  const system = await db.system.create({
    data: {
      name,
      agencyCode: '1741000',
      contactId: contact.id,
      deputyId: deputy.id,
      createdAt: issuedAt,
    },
  });
  const filing = await seedFiling(db, contact, {
    procedure: 'application',
    state: 'APPROVED',
    title: name,
    systemId: system.id,
    submittedAt: issuedAt,
  });
  const licence = await seedLicence(db, system, filing, issuedAt);
  return { contact, deputy, system, filing, licence };
}

export function seedPerson(db: Db, name: string, slackId: string | null = `U${++count}`): Promise<Person> {
  return db.person.create({ data: { name, slackId, agencyCode: '1741000' } });
}

/** An application in review unless told otherwise. */
export function seedFiling(
  db: Db,
  applicant: Person,
  data: Partial<Prisma.FilingUncheckedCreateInput> & { submittedAt: Date },
): Promise<Filing> {
  return db.filing.create({
    data: {
      number: `2026-${String(++count).padStart(6, '0')}`,
      procedure: 'application',
      state: 'SUBMITTED',
      revision: 1,
      title: '온나라 시스템',
      applicantId: applicant.id,
      agencyCode: '1741000',
      ...data,
    },
  });
}

export function seedLicence(
  db: Db,
  system: System,
  filing: Filing,
  issuedAt: Date,
  kind: 'TEMPORARY' | 'REGULAR' = 'TEMPORARY',
): Promise<Licence> {
  return db.licence.create({
    data: {
      number: `${kind}-${++count}`,
      kind,
      systemId: system.id,
      filingId: filing.id,
      revision: filing.revision,
      payload: {},
      fileName: 'gpkiapi.lic',
      sha256: 'a'.repeat(64),
      issuedAt,
      expiresOn: kind === 'TEMPORARY' ? temporaryExpiry(issuedAt, 2) : null,
    },
  });
}
