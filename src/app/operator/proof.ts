import { join } from 'node:path';
import type { Proof } from '../../procedures/registration/prove.ts';
import { LOCAL_ISSUER, makeLocalPki } from '../../records/pki/local-pki.ts';
import { openTrust } from '../../records/pki/trust.ts';
import type { Config } from '../config.ts';

export function pkiFolder(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'pki');
}

/**
 * Opens the trust store that the settings name. Local mode without one uses a test PKI, made once in the data folder.
 * @returns null when proof by certificate is off. @throws TrustError when the store cannot be used
 */
export async function openProof(
  config: Pick<Config, 'slack' | 'trust' | 'dataDir'>,
  now: () => Date,
): Promise<Proof | null> {
  const { store, crls, issuers } = config.trust;
  const isLocal = config.slack === null;
  if (store) return { trust: await openTrust({ store, crls, issuers, testCas: isLocal }, now), local: false };
  if (!isLocal) return null;
  const pki = await makeLocalPki(pkiFolder(config), now());
  const settings = { store: pki.trustStore, crls: pki.crls, issuers: [LOCAL_ISSUER], testCas: true };
  return { trust: await openTrust(settings, now), local: true };
}
