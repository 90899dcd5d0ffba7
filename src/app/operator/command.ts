import { z } from 'zod';
import type { Signer } from '../../records/licences/signer.ts';
import type { AuditAuthor } from '../../store/audit.ts';
import type { Ground } from '../../store/operation.ts';
import type { Db, Store } from '../../store/store.ts';

/** What an operator's command has around it, in a process of its own or inside the running bot. */
export interface Operator {
  store: Store;
  /** PEM of the certificates whose licences are ours, past and present. */
  trustedCertificates(): Promise<string[]>;
  /** Who signs. @throws SignerError */
  signer(): Promise<Signer>;
  now: () => Date;
  /** One line to the operator's terminal. */
  out(line: string): void;
  /** How far a long command is, where somebody is watching. */
  progress?: ((done: number, total: number) => void) | undefined;
  /** Opens the file that the command is about, where it is too large to be an argument. */
  attached?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** The operator's account on the machine, for the audit trail. */
  name: string;
}

/** @returns the exit code */
export type Command = (operator: Operator, args: unknown) => Promise<number>;

/** A command and the shape of its arguments, which come as JSON when they come through the door. */
export function command<S extends z.ZodType>(
  shape: S,
  run: (operator: Operator, args: z.infer<S>) => Promise<number>,
): Command {
  return async (operator, args) => run(operator, shape.parse(args));
}

/** A file as a command's argument: read where the operator is, in base64. */
export const file = z.object({ name: z.string(), base64: z.string() });

export function bytesOf(given: z.infer<typeof file>): Buffer {
  return Buffer.from(given.base64, 'base64');
}

export function authorOf(operator: Operator): AuditAuthor {
  return { actor: `operator:${operator.name}`, place: 'cli' };
}

/** Commands leave nothing to send. */
export function groundOf(operator: Operator): Ground & { db: Db } {
  return { db: operator.store.db, now: operator.now, wakeOutbox: () => undefined };
}
