import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLocalSigner } from '../../records/licences/local-signer.ts';
import { loadSigner, type Signer, SignerError } from '../../records/licences/signer.ts';
import type { Config } from '../config.ts';

export function keysFolder(config: Config): string {
  return join(config.dataDir, 'keys');
}

/** Opens the licence signer that the settings name, else one made once in the data folder. @throws SignerError */
export function openSigner(config: Config, now: Date): Promise<Signer> {
  return config.signer ? loadSigner(config.signer) : makeLocalSigner(keysFolder(config), now);
}

/**
 * The certificates whose licences are recognised: all in the certificate file, so that operators keep a former signer
 * by appending its certificate. @throws SignerError when there is no such file
 */
export async function trustedCertificates(config: Config): Promise<string[]> {
  const path = config.signer?.certificateFile ?? join(keysFolder(config), 'licence-cert.pem');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new SignerError(
      'FILE_MISSING',
      `The signer's certificate cannot be read: ${path}. Set LICENCE_CERT, or start the bot once to make one.`,
    );
  }
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
