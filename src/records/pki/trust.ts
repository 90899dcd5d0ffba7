import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Certificate, parseCertificate } from './certificate.ts';
import { createCrlSource } from './crl-source.ts';
import type { Trust } from './judge.ts';
import { allDer } from './material.ts';
import { DEFAULT_ISSUERS } from './rules.ts';

interface TrustSettings {
  /** Folder of CA certificates, PEM or DER. */
  store: string;
  /** Folder of revocation lists. */
  crls: string | null;
  /** Empty: the default ones. */
  issuers: readonly string[];
  testCas: boolean;
}

/** The trust store cannot be used. The message is for the operator: what is wrong, where, what to do. */
export class TrustError extends Error {}

/**
 * Reads the trust store. Files without a certificate are skipped (a README, a list); a folder without any CA
 * certificate is an error.
 * @throws TrustError
 */
export async function openTrust(settings: TrustSettings, now: () => Date): Promise<Trust> {
  const { store: folder, crls, issuers, testCas } = settings;
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new TrustError(
      `TRUST_STORE cannot be read: ${folder} (${error.code}). Name a folder with the CA certificates of GPKI.`,
    );
  });
  if (crls) {
    await readdir(crls).catch((error: NodeJS.ErrnoException) => {
      throw new TrustError(
        `CRL_DIR cannot be read: ${crls} (${error.code}). Name the folder of the CRL files.`,
      );
    });
  }
  const read = await Promise.all(names.sort().map((name) => certificatesIn(join(folder, name))));
  const store = read.flat().filter(({ ca }) => ca);
  if (store.length === 0) {
    throw new TrustError(
      `TRUST_STORE holds no CA certificate: ${folder}. Put the root and the issuing CAs there, as PEM or DER.`,
    );
  }
  return {
    store,
    issuers: issuers.length > 0 ? issuers : DEFAULT_ISSUERS,
    testCas,
    crls: createCrlSource({ folder: crls, now }),
  };
}

async function certificatesIn(file: string): Promise<Certificate[]> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  return allDer(bytes, /^(X509 |TRUSTED )?CERTIFICATE$/).flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch {
      return [];
    }
  });
}
