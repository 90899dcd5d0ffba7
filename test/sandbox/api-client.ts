import { LogLevel, WebClient } from '@slack/web-api';
import type { Workspace } from '../../src/sandbox/workspace.ts';

/** Slack's own client, quiet and without retries, so that a refusal is seen at once. */
export function client(workspace: Workspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    logLevel: LogLevel.ERROR,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

const nothing = () => undefined;
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** The answer as it comes over the wire, without a client's own opinion of it. */
export async function call(
  workspace: Workspace,
  method: string,
  args: object = {},
  token = workspace.botToken,
) {
  const response = await fetch(workspace.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Record<string, unknown> & { ok: boolean; error?: string };
}

/** The same with a form-encoded body, as Slack's clients send it. */
export async function callForm(workspace: Workspace, method: string, fields: Record<string, string> = {}) {
  const response = await fetch(workspace.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.botToken}` },
    body: new URLSearchParams(fields),
  });
  return (await response.json()) as Record<string, unknown> & { ok: boolean; error?: string };
}
