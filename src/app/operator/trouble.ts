import { SignerError } from '../../records/licences/signer.ts';
import { TrustError } from '../../records/pki/trust.ts';
import { ArchiveDamaged } from '../../store/archive.ts';
import { FolderElsewhere, FolderInUse } from '../../store/process-lock.ts';
import { ConfigError } from '../config.ts';
import { OtherBot } from '../own-bot.ts';
import { DatabaseAway, OF_THE_VERSION } from './open-database.ts';
import { WrongPurpose } from './purpose.ts';

/** Errors of Slack that the operator can solve with other settings, and how. */
const SLACK_SAYS: Record<string, string> = {
  invalid_auth:
    'Slack does not know the token. Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from the app’s pages.',
  not_authed: 'Slack got no token. Set SLACK_BOT_TOKEN.',
  account_inactive:
    'The app was removed from the workspace. Install it again and copy the new SLACK_BOT_TOKEN.',
  token_revoked: 'The token was revoked. Install the app again and copy the new SLACK_BOT_TOKEN.',
  token_expired: 'The token has expired. Install the app again and copy the new SLACK_BOT_TOKEN.',
  missing_scope: 'The app lacks a scope. Install it again from manifests/manifest.json.',
  not_allowed_token_type:
    'A token is of the wrong kind: SLACK_BOT_TOKEN is xoxb-…, SLACK_APP_TOKEN is xapp-….',
};

/** Errors whose message is written for the operator. */
const SPEAKING = [
  ArchiveDamaged,
  ConfigError,
  SignerError,
  TrustError,
  DatabaseAway,
  FolderElsewhere,
  WrongPurpose,
  OtherBot,
];

/** What an operator can do about an error, in a line or two without a stack; null for an unforeseen error. */
export function explain(error: unknown): string | null {
  if (error instanceof FolderInUse) return `${error.message}. Stop that process, or set another DATA_DIR.`;
  if (SPEAKING.some((kind) => error instanceof kind)) return (error as Error).message;
  if (!(error instanceof Error)) return null;
  if (OF_THE_VERSION.has(error.name)) return error.message;
  return explainSlack(error) ?? explainSystem(error);
}

/** Recognises Slack's errors by their shape, not their class: Bolt and its two clients each wrap them differently. */
function explainSlack(error: Error): string | null {
  const { code, data, original } = error as Error & { code?: unknown; data?: unknown; original?: unknown };
  if (typeof data === 'object' && data !== null && 'error' in data && typeof data.error === 'string')
    return SLACK_SAYS[data.error] ?? `Slack refused: ${data.error}.`;
  if (typeof code === 'string' && /request_error|http_error|fetch/i.test(code))
    return 'Slack cannot be reached. Check the network, the proxy and SLACK_API_URL.';
  return original instanceof Error ? explainSlack(original) : null;
}

function explainSystem(error: Error): string | null {
  const {
    code,
    port,
    path,
    setting = 'PORT',
  } = error as NodeJS.ErrnoException & { port?: number; setting?: string };
  if (code === 'EADDRINUSE' && port !== undefined)
    return `Port ${port} is in use. Stop what uses it, or set ${setting} to another number.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be opened by this account. Set ${setting} to a number from 1024 up.`;
  if (code === 'ERR_MODULE_NOT_FOUND' && /store[\\/]client/.test(error.message))
    return 'The database client has not been made. Run: npm ci';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path ?? 'A file'} may not be read or written by this account. Check its owner, or set another DATA_DIR.`;
  if (code === 'ENOSPC') return 'The disk is full. Make room, then start again.';
  return null;
}
