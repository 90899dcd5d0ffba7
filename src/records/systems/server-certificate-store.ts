import { z } from 'zod';
import type { Finding } from '../../core/finding.ts';
import type { Labelled } from '../../messenger/blocks.ts';
import { type Ask, instant, known, map, rowOf } from '../../store/ask.ts';
import { type Certificate as CertificateRow, Prisma, type System } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import type { Certificate } from '../pki/certificate.ts';
import { showName } from '../pki/names.ts';
import { SERVER_POLICIES } from '../pki/rules.ts';
import { expiryText, judgeServerCertificate } from './server-certificate.ts';

/** Stores it as the system's certificate in use. The former one is ended, not deleted. */
export async function registerServerCertificate(
  op: Operation,
  system: System,
  cn: string,
  notAfter: Date,
  read: Certificate | null,
): Promise<void> {
  await op.tx.certificate.updateMany({
    where: { systemId: system.id, purpose: 'SERVER', endedAt: null },
    data: { endedAt: op.now },
  });
  await op.tx.certificate.create({
    data: {
      purpose: 'SERVER',
      systemId: system.id,
      cn,
      subject: read ? showName(read.subject) : `cn=${cn}`,
      issuer: read ? showName(read.issuer) : '',
      serial: read?.serial ?? '',
      policy: read?.policies.find((oid) => SERVER_POLICIES.includes(oid)) ?? null,
      notBefore: read?.notBefore ?? op.now,
      notAfter,
      fingerprint: read?.fingerprint ?? '',
      pem: read?.x509.toString() ?? null,
      registeredAt: op.now,
    },
  });
  await op.tx.system.update({ where: { id: system.id }, data: { serverCn: cn } });
  op.audit({
    action: 'serverCertificate.register',
    subject: `system:${system.id}`,
    data: { cn, notAfter: notAfter.toISOString(), fingerprint: read?.fingerprint ?? null },
  });
}

function findServerCertificate(tx: Tx, systemId: string): Promise<CertificateRow | null> {
  return tx.certificate.findFirst({ where: { systemId, purpose: 'SERVER', endedAt: null } });
}

/** Lines for the system's details. */
export async function serverCertificateLines(tx: Tx, systemId: string, now: Date): Promise<Labelled[]> {
  const row = await findServerCertificate(tx, systemId);
  if (!row) return [{ label: '서버용 인증서', text: '등록하지 않음' }];
  const source = row.pem ? '' : ' · 직접 입력';
  return [{ label: `서버용 인증서 ${row.cn}`, text: `${expiryText(row.notAfter, now)}${source}` }];
}

/** Findings for officers in a review; none when no certificate is registered. */
export function serverCertificateFindings(systemId: string | null, now: Date): Ask<Finding[]> {
  const inUse = rowOf(
    Prisma.sql`
      SELECT c.cn, c."notAfter", c."notBefore", c.policy, c.subject, c.pem IS NOT NULL AS read, s."agencyCode"
      FROM "Certificate" c JOIN "System" s ON s.id = c."systemId"
      WHERE c."systemId" = ${systemId} AND c.purpose = 'SERVER' AND c."endedAt" IS NULL LIMIT 1`,
    certificateRow,
  );
  return map(systemId ? inUse : known(null), (row) => (row ? findingsOf(row, now) : []));
}

const certificateRow = z.object({
  cn: z.string(),
  notAfter: instant,
  notBefore: instant,
  policy: z.string().nullable(),
  subject: z.string(),
  /** Whether it was read from a file. */
  read: z.boolean(),
  agencyCode: z.string(),
});

function findingsOf(row: z.output<typeof certificateRow>, now: Date): Finding[] {
  const { cn, notAfter, notBefore, policy, read, subject } = row;
  const organisation = /(?:^|,)o=([^,]*)/.exec(subject)?.[1] ?? null;
  const file = read ? { organisation, policies: policy ? [policy] : [], notBefore } : null;
  const verdict = judgeServerCertificate({ cn, notAfter, file }, row.agencyCode, now);
  const faults = verdict.ok ? verdict.warnings : [verdict.message];
  return faults.length > 0
    ? faults.map((text): Finding => ({ level: 'look', text: `서버용 인증서 ${cn}: ${text}` }))
    : [{ level: 'ok', text: `서버용 인증서 ${cn}: ${expiryText(notAfter, now)}` }];
}
