import { z } from 'zod';
import type { Signer } from '../../records/licences/signer.ts';
import type { AuditAuthor } from '../../store/audit.ts';
import type { Ground } from '../../store/operation.ts';
import type { Db, Store } from '../../store/store.ts';

/** What an operator's command gets, whether it runs in its own process or inside the running bot. */
export interface Operator {
  store: Store;
  /** Certificates (PEM) of the licence signers, present and former. */
  trustedCertificates(): Promise<string[]>;
  /** Opens the key that signs licences. @throws SignerError */
  signer(): Promise<Signer>;
  now: () => Date;
  /** Prints one line to the operator's terminal. */
  out(line: string): void;
  /** Reports the progress of a long command, if a person is watching. */
  progress?: ((done: number, total: number) => void) | undefined;
  /** Opens the file that the command is about, when it is too large to be an argument. */
  attached?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The operator's account on this machine, for the audit trail. */
  name: string;
}

/** @returns the exit code */
export type Command = (operator: Operator, args: unknown) => Promise<number>;

/** Makes a command from a schema of its arguments, which arrive as JSON from another process, and a function. */
export function command<S extends z.ZodType>(
  shape: S,
  run: (operator: Operator, args: z.infer<S>) => Promise<number>,
): Command {
  return async (operator, args) => run(operator, shape.parse(args));
}

/** A file as a command's argument, in base64: the operator's process reads it. */
export const file = z.object({ name: z.string(), base64: z.string() });

export function bytesOf(given: z.infer<typeof file>): Buffer {
  return Buffer.from(given.base64, 'base64');
}

export function authorOf(operator: Operator): AuditAuthor {
  return { actor: `operator:${operator.name}`, place: 'cli' };
}

/** What an operation needs; the outbox is not woken, since commands send nothing themselves. */
export function groundOf(operator: Operator): Ground & { db: Db } {
  return { db: operator.store.db, now: operator.now, wakeOutbox: () => undefined };
}
