import { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../store/store.ts';

/** Whether this person is an officer or an auditor now. It locks nothing, so it is for sending, not for changes. */
export async function holdsRole(tx: Tx, personId: string): Promise<boolean> {
  return (await tx.grant.count({ where: { personId, endedAt: null } })) > 0;
}

/**
 * Whether this person is an officer at this moment of the transaction. The grant stays locked until the transaction
 * ends, so that a role and a decision of its holder cannot cross: the role ends before or after.
 */
export async function holdsOffice(tx: Tx, personId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT g.id FROM "Grant" g JOIN "Person" p ON p.id = g."personId"
    WHERE g."personId" = ${personId} AND g.role = 'OFFICER' AND g."endedAt" IS NULL AND p."deactivatedAt" IS NULL
    FOR SHARE`;
  return rows.length > 0;
}

/** The check of what only officers may do, with the words of its refusal. */
export function officersOnly(words: string, next?: string) {
  const require = ({ officer }: { officer: boolean }): void => {
    if (!officer) throw new Refusal(words, next);
  };
  return {
    /** Checks who clicked, before anything is shown. @throws Refusal */
    requireOfficer: require,
    /** Checks again inside the transaction of the change, and keeps the grant until it ends. @throws Refusal */
    requireOffice: async (tx: Tx, { id }: { id: string }): Promise<void> =>
      require({ officer: await holdsOffice(tx, id) }),
  };
}

/** For the approval of what only officers may file: the applicant must still be an officer. */
export const { requireOffice: requireApplicantsOffice } = officersOnly(
  '신청한 사람이 이제 관리자가 아닙니다.',
  '반려하고 다른 관리자가 새로 신청하십시오.',
);

/** The check of what officers and auditors may read. */
export function readersOnly(words: string) {
  return ({ officer, auditor }: { officer: boolean; auditor: boolean }): void => {
    if (!officer && !auditor) throw new Refusal(words);
  };
}

/**
 * Locks the grants of all officers until the transaction ends, for changes that two officers must not make at once.
 */
export async function lockOfficers(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Grant" WHERE role = 'OFFICER' AND "endedAt" IS NULL ORDER BY id FOR UPDATE`;
}

/** Those of these messenger accounts that belong to officers now. */
export async function officersAmong(tx: Tx, slackIds: string[]): Promise<string[]> {
  const found = await tx.person.findMany({
    where: { slackId: { in: slackIds }, grants: { some: { role: 'OFFICER', endedAt: null } } },
    select: { slackId: true },
  });
  return found.flatMap(({ slackId }) => slackId ?? []);
}
