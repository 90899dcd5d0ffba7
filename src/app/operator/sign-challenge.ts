import { readFile, writeFile } from 'node:fs/promises';
import { type LocalPerson, localPeople, signLocally } from '../../records/pki/local-pki.ts';
import type { Config } from '../config.ts';
import { OperatorMistake } from './mistake.ts';
import { pkiFolder } from './proof.ts';

interface SignRequest {
  /** The name of a person of the local workspace. */
  person: string;
  /** The path of the challenge file that the bot sent. */
  file: string;
  /** Whether to sign with the person's revoked certificate, to see how the bot refuses it. */
  revoked?: boolean;
}

/**
 * `sign-challenge --person 김보람 FILE`: signs a challenge with the test PKI of local mode and writes `FILE.p7m`
 * next to it, to be uploaded. @returns the exit code. @throws OperatorMistake
 */
export async function signChallenge(
  config: Pick<Config, 'dataDir'>,
  request: SignRequest,
  { now, out }: { now: () => Date; out: (line: string) => void },
): Promise<number> {
  const person = findPerson(request);
  const content = await readFile(request.file).catch(() => {
    throw new OperatorMistake(`There is no file ${request.file}, or it cannot be read.`);
  });
  const folder = pkiFolder(config);
  const signed = await signLocally(folder, person, content, now()).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new OperatorMistake(
      `There is no test PKI under ${folder}. Start the bot in local mode once, or name its folder with --data-dir.`,
    );
  });
  const path = `${request.file}.p7m`;
  await writeFile(path, signed);
  out(`signed as ${person.cn}: ${path}`);
  return 0;
}

function findPerson({ person: name, revoked = false }: SignRequest): LocalPerson {
  const wanted = name.normalize('NFC');
  const found = localPeople.find((one) => one.name === wanted && (one.revoked ?? false) === revoked);
  if (found) return found;
  const names = localPeople.filter((one) => (one.revoked ?? false) === revoked).map((one) => one.name);
  throw new OperatorMistake(`The test PKI has no such certificate of ${name}. It has: ${names.join(', ')}.`);
}
