import { maskTelling } from './mask.ts';

/** What may be written down of an error: in a log, or on the officers' desk. */
interface SafeError {
  type: string;
  /** The system's, the database's or Slack's own. */
  code?: string;
  message: string;
  /** Where it happened: frames only, since the first lines of a stack repeat the message. */
  stack?: string[];
  cause?: SafeError;
}

const FRAMES = 12;
const DEPTH = 3;

/** The error without personal data. Nothing here throws. */
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

/** The same in a sentence. The database quotes values of any form: of its errors only the code is told. */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return maskTelling(String(error));
  if (!isOfDatabase(error)) return maskTelling(error.message);
  return ['the database refused', error.name, codeOf(error)].filter(Boolean).join(' ');
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined;
}

/** Prisma's, the driver adapter's, and PostgreSQL's own. */
function isOfDatabase(error: Error): boolean {
  return /^(PrismaClient|DriverAdapter)/.test(error.name) || 'severity' in error;
}
