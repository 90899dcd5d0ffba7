import { maskTelling } from './mask.ts';

/** What a log or the officers' desk may record of an error. */
interface SafeError {
  type: string;
  /** The code that the system, the database or Slack gave. */
  code?: string;
  message: string;
  /** Stack frames only: the first lines of a stack repeat the message. */
  stack?: string[];
  cause?: SafeError;
}

const FRAMES = 12;
const DEPTH = 3;

/** Removes personal data from an error. Never throws. */
export function safeError(error: unknown, depth = DEPTH): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: maskTelling(String(error)) };
  const code = codeOf(error);
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(code ? { code } : {}),
    message: safeMessage(error),
    ...(stack.length > 0 ? { stack: stack.slice(0, FRAMES).map((line) => line.trim()) } : {}),
    ...(error.cause && depth > 0 ? { cause: safeError(error.cause, depth - 1) } : {}),
  };
}

/**
 * The same as one sentence. The database quotes values of any form in its messages, so only its error code is given.
 */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return maskTelling(String(error));
  if (!isOfDatabase(error)) return maskTelling(error.message);
  return ['the database refused', error.name, codeOf(error)].filter(Boolean).join(' ');
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined;
}

/** Errors of Prisma, of the driver adapter and of PostgreSQL. */
function isOfDatabase(error: Error): boolean {
  return /^(PrismaClient|DriverAdapter)/.test(error.name) || 'severity' in error;
}
