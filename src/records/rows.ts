import { z } from 'zod';
import { instant } from '../store/ask.ts';
import type { Filing, Licence, Person, Prisma, System } from '../store/client/client.ts';
import { Channel, FilingState, LicenceKind, LicenceMaker } from '../store/client/enums.ts';
import { endsOfRow } from './in-force.ts';

/** Whole rows as SQL returns them in JSON. The types make sure that they match the tables. */

const text = z.string().nullable();
const later = instant.nullable();
/** A list without any entry may be NULL. */
const texts = z
  .array(z.string())
  .nullable()
  .transform((list) => list ?? []);
const json = z.custom<Prisma.JsonValue>();

export const filingRow: z.ZodType<Filing> = z.object({
  id: z.string(),
  number: z.string(),
  procedure: z.string(),
  state: z.enum(FilingState),
  revision: z.number(),
  approvedRevision: z.number().nullable(),
  channel: z.enum(Channel),
  title: z.string(),
  applicantId: z.string(),
  enteredBy: text,
  namedId: text,
  agencyCode: text,
  systemId: text,
  systemIds: texts,
  urgent: z.boolean(),
  letterKey: text,
  submittedAt: instant,
  decidedAt: later,
  decidedBy: text,
  reason: text,
  looks: z.number().nullable(),
  stops: z.number().nullable(),
  objections: z.number(),
});

export const licenceRow: z.ZodType<Licence> = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(LicenceKind),
  madeBy: z.enum(LicenceMaker),
  systemId: z.string(),
  filingId: z.string(),
  revision: z.number(),
  payload: json,
  fileName: z.string(),
  sha256: z.string(),
  moduleId: text,
  issuedAt: instant,
  expiresOn: text,
  previousId: text,
  ...endsOfRow,
  endReason: text,
});

export const personRow: z.ZodType<Person> = z.object({
  id: z.string(),
  slackId: text,
  name: text,
  agencyCode: text,
  department: text,
  position: text,
  phone: text,
  mobile: text,
  email: text,
  registeredAt: later,
  deactivatedAt: later,
  createdAt: instant,
});

export const systemRow = z.object({
  id: z.string(),
  name: z.string(),
  agencyCode: z.string(),
  contactId: z.string(),
  deputyId: text,
  serverIps: texts,
  serverCn: text,
  scvp: z.boolean(),
  serviceOn: text,
  profile: json,
  createdAt: instant,
  retiredAt: later,
}) satisfies z.ZodType<System>;
