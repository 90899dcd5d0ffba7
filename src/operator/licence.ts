import { z } from 'zod';
import { normaliseIp, normaliseMac, type ObservedHost } from '../licences/hosts.ts';
import { judgeLicence, type LicenceStanding } from '../licences/judge.ts';
import { openLicence } from '../licences/verify.ts';
import { seoulDay } from '../schedule/calendar.ts';
import type { Db } from '../store/store.ts';
import { bytesOf, command, file, type Operator } from './command.ts';

export const verifyArgs = z.object({ file, hosts: z.array(z.string()).default([]) });

type Verifier = Pick<Operator, 'trustedCertificates' | 'now' | 'out'> & {
  /** null: it could not be reached, so nobody vouches for the number. */
  db: Db | null;
};

/** `licence verify FILE [--host …]`: 0 only when the licence is genuine, in force, and for that server. */
export async function verifyLicence(
  { db, trustedCertificates, now, out }: Verifier,
  args: z.infer<typeof verifyArgs>,
): Promise<number> {
  const opened = openLicence(bytesOf(args.file), await trustedCertificates());
  if (!opened.ok) {
    out(`${opened.reason}  ${opened.text}`);
    return 1;
  }
  const { payload, signer } = opened;
  const standing = await standingOf(db, payload.number);
  const { verdict, text } = judgeLicence({
    payload,
    host: args.hosts.length > 0 ? observed(args.hosts) : undefined,
    today: seoulDay(now()),
    standing,
  });
  out(`${verdict}  ${text}`);
  out(
    `  ${payload.number}  ${payload.kind}  issued ${payload.issuedAt}  until ${payload.expiresOn ?? '(no end)'}`,
  );
  out(`  ${payload.system.name}  ${payload.agency.name} (${payload.agency.code})`);
  out(`  signed by ${signer.subject}  ${signer.fingerprint}`);
  if (!db) out('  The database could not be reached: superseded or revoked licences were not looked for.');
  return verdict === 'VALID' ? 0 : 1;
}

export const licenceVerify = command(verifyArgs, (operator, args) =>
  verifyLicence({ ...operator, db: operator.store.db }, args),
);

async function standingOf(db: Db | null, number: string): Promise<LicenceStanding> {
  const row = await db?.licence.findUnique({ where: { number } });
  if (!row) return 'unknown';
  return row.revokedAt ? 'revoked' : row.supersededAt ? 'superseded' : 'current';
}

/** What was typed after --host: addresses, MACs, domains or a host name, told apart by their shape. */
export function observed(typed: readonly string[]): ObservedHost {
  const ip = typed.filter((text) => normaliseIp(text) !== null);
  const mac = typed.filter((text) => normaliseMac(text) !== null);
  const names = typed.filter((text) => !ip.includes(text) && !mac.includes(text));
  const domain = names.find((text) => text.includes('.'));
  const host = names.find((text) => !text.includes('.'));
  return {
    ...(ip.length > 0 ? { ip } : {}),
    ...(mac.length > 0 ? { mac } : {}),
    ...(domain === undefined ? {} : { domain }),
    ...(host === undefined ? {} : { host }),
  };
}
