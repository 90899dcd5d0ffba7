import { z } from 'zod';
import { seoulDay } from '../../core/calendar.ts';
import { type Recorded, recordedOfficial } from '../../features/licences/check.ts';
import { endOf } from '../../records/in-force.ts';
import { chainLines, licenceChain } from '../../records/licences/chain.ts';
import { normaliseIp, normaliseMac, type ObservedHost } from '../../records/licences/hosts.ts';
import { judgeLicence, type LicenceStanding } from '../../records/licences/judge.ts';
import { standingIn } from '../../records/licences/revocation-list.ts';
import { signedRevocations } from '../../records/licences/revocations.ts';
import { openLicence, openRevocations } from '../../records/licences/verify.ts';
import type { Db } from '../../store/store.ts';
import { bytesOf, command, file, type Operator } from './command.ts';

const verifyArgs = z.object({ file, hosts: z.array(z.string()).default([]), list: file.optional() });

type Verifier = Pick<Operator, 'trustedCertificates' | 'now' | 'out'> & {
  /** null: the database cannot be reached, so the licence's number cannot be looked up. */
  db: Db | null;
};

/** `licence verify FILE [--host …]`: exit code 0 only when the licence is genuine, in force, and for that server. */
export async function verifyLicence(
  { db, trustedCertificates, now, out }: Verifier,
  args: z.infer<typeof verifyArgs>,
): Promise<number> {
  const trusted = await trustedCertificates();
  const list = args.list && openRevocations(bytesOf(args.list), trusted);
  if (list === null) {
    out(`NOT_A_LIST  ${args.list?.name}: 전자서명이 맞는 폐지목록이 아닙니다. 목록을 다시 받아 주십시오.`);
    return 1;
  }
  const official = db && (await recordedOfficial(db, bytesOf(args.file)));
  if (official) return sayOfficial(official, seoulDay(now()), out);
  const opened = openLicence(bytesOf(args.file), trusted);
  if (!opened.ok) {
    out(`${opened.reason}  ${opened.text}`);
    return 1;
  }
  const { payload, signer } = opened;
  const listed = list && standingIn(list, payload, now());
  const known = await standingOf(db, payload.number, opened.sha256);
  const standing = known === 'unknown' && listed ? listed.standing : known;
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
  if (list) out(`  list of ${list.issuedAt}, good until ${list.nextUpdate}`);
  if (list && now() > new Date(list.nextUpdate)) out('  The list is out of date: fetch a new one.');
  if (listed?.by) out(`  replaced by ${listed.by}`);
  if (!db && !list)
    out('  The database could not be reached: superseded or revoked licences were not looked for.');
  return verdict === 'VALID' ? 0 : 1;
}

/** Reports on a file of the official generator, which is recognised by its digest only. */
function sayOfficial(licence: Recorded, today: string, out: Operator['out']): number {
  const { number, expiresOn, system } = licence;
  const ended = endOf(licence)?.how.toUpperCase();
  const verdict = ended ?? (expiresOn !== null && expiresOn < today ? 'EXPIRED' : 'RECORDED');
  out(
    `${verdict}  ${number}: 승인할 때 기록한 공식 발급기 파일과 같습니다. 파일의 내용은 확인하지 못합니다.`,
  );
  out(`  ${system.name}  issued ${licence.issuedAt.toISOString()}`);
  return verdict === 'RECORDED' ? 0 : 1;
}

/** `licence chain NUMBER`: every licence of its system, old → new. */
export const licenceChainOf = command(
  z.object({ number: z.string() }),
  async ({ store, now, out }, { number }) => {
    const found = await store.db.licence.findUnique({ where: { number }, include: { system: true } });
    if (!found) {
      out(`There is no licence ${number}.`);
      return 1;
    }
    out(found.system.name);
    const chain = await licenceChain(store.db, found.systemId);
    for (const { label, text } of chainLines(chain, seoulDay(now()))) {
      out(`${label.includes(number) ? '→' : ' '} ${label}  ${text}`);
    }
    return 0;
  },
);

/** `licence list`: the signed list, DER in base64. */
export const licenceList = command(z.object({}), async ({ store, now, out, signer }) => {
  out((await signedRevocations(store.db, await signer(), now())).toString('base64'));
  return 0;
});

export const licenceVerify = command(verifyArgs, (operator, args) =>
  verifyLicence({ ...operator, db: operator.store.db }, args),
);

async function standingOf(db: Db | null, number: string, sha256: string): Promise<LicenceStanding> {
  const row = await db?.licence.findUnique({ where: { number } });
  if (!row) return 'unknown';
  // The signature is genuine but the bot issued another file under this number: somebody else has the key.
  if (row.sha256 !== sha256) return 'forged';
  return endOf(row)?.how ?? 'current';
}

/** Sorts the values of --host by their shape: IP addresses, MAC addresses, domains, a host name. */
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
