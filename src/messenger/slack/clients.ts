import { WebClient, type WebClientOptions } from '@slack/web-api';

export interface Clients {
  /** People wait on it: few retries, quickly. */
  interactive: WebClient;
  /** For what is said unasked: Slack may pause it without delaying anybody. */
  bulk: WebClient;
  options: WebClientOptions;
}

/** @param slack its `apiUrl` is another Web API base; Slack's own when left out */
export function openClients({ botToken, apiUrl }: { botToken: string; apiUrl?: string }): Clients {
  const options: WebClientOptions = apiUrl ? { slackApiUrl: apiUrl } : {};
  return {
    interactive: new WebClient(botToken, {
      ...options,
      retryConfig: { retries: 1, factor: 1 },
      rejectRateLimitedCalls: true, // else one refused call holds back everybody's
    }),
    bulk: new WebClient(botToken, {
      ...options,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 30_000,
    }),
    options,
  };
}
