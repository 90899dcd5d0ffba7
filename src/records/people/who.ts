import { Refusal } from '../../core/refusal.ts';
import { type Agency, type Person, Prisma } from '../../store/client/client.ts';
import type { Role } from '../../store/client/enums.ts';
import { columnsOf } from '../../store/columns.ts';
import type { Known } from '../../store/known.ts';
import { type Ground, type Operation, operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

/**
 * The person behind a messenger account, with their present roles, read from the database at every click. A new
 * account is stored at once, so that every act has an actor.
 */
export async function whoIs(tx: Tx, slackId: string): Promise<Known> {
  const known = await findKnown(tx, slackId);
  if (known) return known;
  await rememberPerson(tx, slackId);
  const made = await findKnown(tx, slackId);
  if (!made) throw new Error('a person who was remembered is not there');
  return made;
}

const personColumns = columnsOf(Prisma.PersonScalarFieldEnum, 'p');

/** One statement, because every click begins with it. */
async function findKnown(tx: Tx, slackId: string): Promise<Known | null> {
  const [found] = await tx.$queryRaw<(Person & { agency: Agency | null; roles: Role[] })[]>`
    SELECT ${personColumns}, to_jsonb(a) AS agency,
      ARRAY(SELECT g.role::text FROM "Grant" g WHERE g."personId" = p.id AND g."endedAt" IS NULL) AS roles
    FROM "Person" p LEFT JOIN "Agency" a ON a.code = p."agencyCode" WHERE p."slackId" = ${slackId}`;
  if (!found) return null;
  const { roles, ...person } = found;
  const has = (role: Role) => person.deactivatedAt === null && roles.includes(role);
  return { ...person, officer: has('OFFICER'), auditor: has('AUDITOR') };
}

export async function getPerson(tx: Tx, id: string): Promise<Person> {
  const [person] = await tx.$queryRaw<Person[]>`SELECT ${personColumns} FROM "Person" p WHERE id = ${id}`;
  if (!person) throw new Error(`no person ${id}`);
  return person;
}

/** Creates a row for this account unless there is one. Prisma's upsert would fail when two ask at once. */
export async function rememberPerson(tx: Tx, slackId: string, name: string | null = null): Promise<void> {
  await tx.person.createMany({ data: [{ slackId, name }], skipDuplicates: true });
}

/** @throws Refusal for an account that the messenger deactivated */
export function requireActive(who: Known): Known {
  if (who.deactivatedAt === null) return who;
  throw new Refusal(
    '비활성화된 사용자입니다.',
    '계정을 다시 쓰려면 소속기관의 메신저 관리자에게 문의하십시오.',
  );
}

/** Returns the registered contact details, all present. @throws Refusal that says what is missing */
export function requireRegistered(who: Known) {
  const { agencyCode, department, name, phone, mobile, email, registeredAt } = who;
  if (who.agency?.kind === 'PUBLIC') {
    throw new Refusal(
      '공공기관은 온라인으로 신청할 수 없습니다.',
      '홈의 ‘공공기관 신청 안내’에 있는 순서대로 공문으로 신청하십시오.',
    );
  }
  if (!registeredAt || !agencyCode || !department || !name || !phone || !mobile || !email) {
    throw new Refusal(
      '사용자 등록이 되어 있지 않습니다.',
      '홈에서 ‘사용자 등록’을 먼저 하십시오. 관리자가 승인하면 신청할 수 있습니다.',
    );
  }
  return { agencyCode, department, name, phone, mobile, email };
}

/**
 * Gives the officers that the settings name their role at start; takes a role from nobody. `nameOf` asks the
 * messenger, because a card names the officer who decided, and officers need not register.
 */
export async function grantOfficers(
  ground: Ground,
  slackIds: readonly string[],
  nameOf: (slackId: string) => Promise<string | null>,
): Promise<void> {
  const { db } = ground;
  for (const slackId of slackIds) {
    await rememberPerson(db, slackId);
    const person = await db.person.findUniqueOrThrow({ where: { slackId } });
    if (!person.name) {
      await db.person.update({ where: { id: person.id }, data: { name: await nameOf(slackId) } });
    }
    await operate(ground, { actor: 'settings', place: 'settings' }, (op) => grantOnce(op, person.id));
  }
}

/** Locks the person's row first, so that two processes that start at once make one grant. */
async function grantOnce(op: Operation, personId: string): Promise<void> {
  const [person] = await op.tx.$queryRaw<{ deactivatedAt: Date | null }[]>`
    SELECT "deactivatedAt" FROM "Person" WHERE id = ${personId} FOR UPDATE`;
  const role = 'OFFICER';
  const granted = await op.tx.grant.count({ where: { personId, role } });
  // also when the grant was ended since: it does not come back
  if (!person || person.deactivatedAt || granted > 0) return;
  await op.tx.grant.create({ data: { personId, role, grantedBy: 'settings', grantedAt: op.now } });
  op.audit({ action: 'role.grant', subject: `person:${personId}`, person: personId, data: { role } });
}
