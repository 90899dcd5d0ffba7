import type { Filing, Prisma } from '../../store/client/client.ts';
import { holdName } from '../../store/hold.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { getRevision } from '../filings/revision.ts';

/** The person in charge, as a paper form names them, in the normal forms of core/contact-rules.ts. */
interface PaperContact {
  /** The agency's code. */
  agency: string;
  department: string;
  name: string;
  phone: string;
  mobile: string;
  email: string;
}

const include = { agency: true } as const;
const fields = ['department', 'name', 'phone', 'mobile', 'email'] as const;

/** A person without a messenger account, who acts only through officers. */
function asKnown(person: Prisma.PersonGetPayload<{ include: typeof include }>): Known {
  return { ...person, officer: false, auditor: false };
}

export async function getContact(tx: Tx, id: string): Promise<Known> {
  return asKnown(await tx.person.findUniqueOrThrow({ where: { id }, include }));
}

/**
 * Finds or creates the contact of a filing that came on paper: somebody without a messenger account, found by agency,
 * name and one of e-mail and mobile number. A new letter is right about the whole person. A correction is right only
 * about what it corrects, so that an address that was put right meanwhile stays. It never finds somebody with an
 * account: an officer's typing changes nobody's own registration.
 * @param filing the filing that is corrected, at its last revision; null for a new one
 */
export async function placeContact(
  op: Operation,
  given: PaperContact,
  filing: Filing | null,
): Promise<Known> {
  const before = filing ? await lastTyped(op.tx, filing) : null;
  await holdName(op.tx, `contact:${given.agency}:${given.name}`);
  const found =
    (filing && (await correctedPerson(op.tx, given, filing))) ?? (await findContact(op.tx, given));
  if (!found) return makeContact(op, given);
  const changed = fields.filter((name) => given[name] !== found[name] && given[name] !== before?.[name]);
  if (changed.length === 0) return asKnown(found);
  op.audit({
    action: 'person.fromPaper',
    subject: `person:${found.id}`,
    person: found.id,
    data: { changed: changed.join(',') },
  });
  const data = Object.fromEntries(changed.map((name) => [name, given[name]]));
  return asKnown(await op.tx.person.update({ where: { id: found.id }, data, include }));
}

async function lastTyped(tx: Tx, filing: Filing): Promise<Partial<PaperContact>> {
  const { answers } = await getRevision(tx, filing);
  return answers as Partial<PaperContact>;
}

/** The person whose filing it was, if the correction keeps at least one of name, e-mail and number; else null. */
async function correctedPerson(tx: Tx, given: PaperContact, { applicantId }: Filing) {
  const { agency: agencyCode, name, email, mobile } = given;
  return tx.person.findFirst({
    where: { id: applicantId, slackId: null, agencyCode, OR: [{ name }, { email }, { mobile }] },
    include,
  });
}

async function findContact(tx: Tx, { agency: agencyCode, name, email, mobile }: PaperContact) {
  return tx.person.findFirst({
    where: { slackId: null, agencyCode, name, OR: [{ email }, { mobile }] },
    orderBy: { createdAt: 'asc' },
    include,
  });
}

async function makeContact(op: Operation, { agency: agencyCode, ...given }: PaperContact): Promise<Known> {
  const { department, name, phone, mobile, email } = given;
  const person = await op.tx.person.create({
    data: { agencyCode, department, name, phone, mobile, email, createdAt: op.now },
    include,
  });
  op.audit({ action: 'person.fromPaper', subject: `person:${person.id}`, person: person.id });
  return asKnown(person);
}
