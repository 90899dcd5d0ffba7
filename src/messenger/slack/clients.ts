import type { WebClient, WebClientOptions } from '@slack/web-api';
import { leanFetch } from './lean-fetch.ts';
import { NewestClient } from './newest-client.ts';

export interface Clients {
  /** For calls for which a person waits: one quick retry. */
  interactive: WebClient;
  /** For messages of the outbox: when Slack pauses it, no person waits. */
  bulk: WebClient;
  options: WebClientOptions;
}

/** @param slack its `apiUrl` is another base address of the Web API; left out: Slack's own */
export function openClients({ botToken, apiUrl }: { botToken: string; apiUrl?: string }): Clients {
  const options: WebClientOptions = { fetch: leanFetch, ...(apiUrl ? { slackApiUrl: apiUrl } : {}) };
  return {
    interactive: new NewestClient(botToken, {
      ...options,
      retryConfig: { retries: 1, factor: 1 },
      rejectRateLimitedCalls: true, // otherwise one refused call would delay the calls of everybody
    }),
    bulk: new NewestClient(botToken, {
      ...options,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 30_000,
    }),
    options,
  };
}
