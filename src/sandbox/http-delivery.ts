import { createHmac } from 'node:crypto';
import type { Ack, Envelope, Transport } from './core/deliver.ts';
import { type Dict, dict } from './core/json.ts';
import { patience } from './core/patience.ts';

interface HttpDeliveryOptions {
  url: string;
  signingSecret: string;
  ackTimeoutMs: number;
}

const FORM = 'application/x-www-form-urlencoded';

function encode({ type, payload }: Envelope): { contentType: string; body: string } {
  if (type === 'events_api') return { contentType: 'application/json', body: JSON.stringify(payload) };
  const fields =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { contentType: FORM, body: new URLSearchParams(fields).toString() };
}

/** Reads the body of an acknowledgement: JSON, or for a command a plain text to show. */
function decode(text: string): Dict {
  if (text === '') return {};
  try {
    return dict(JSON.parse(text));
  } catch {
    return { text };
  }
}

/** Slack without Socket Mode: everything is POSTed to one address and signed with the shared secret. */
export class HttpTransport implements Transport {
  readonly #options: HttpDeliveryOptions;

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
  }

  connected(): boolean {
    return true;
  }

  async send(envelope: Envelope): Promise<Ack> {
    const { contentType, body } = encode(envelope);
    // Receivers refuse signatures older than five minutes by the real clock, so a test's clock is not used here.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', this.#options.signingSecret).update(`v0:${timestamp}:${body}`);
    const headers: Record<string, string> = {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature.digest('hex')}`,
    };
    if (envelope.retry && envelope.retry.attempt > 0) {
      const { attempt, reason } = envelope.retry;
      headers['x-slack-retry-num'] = String(attempt);
      headers['x-slack-retry-reason'] = reason === 'timeout' ? 'http_timeout' : reason;
    }
    const late = new AbortController();
    const stopWaiting = patience(this.#options.ackTimeoutMs, () => late.abort());
    try {
      const sent = { method: 'POST', headers, body, signal: late.signal };
      const response = await fetch(this.#options.url, sent);
      const text = await response.text();
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      if (!response.ok) return { ok: false, body: {}, reason: 'http_error', noRetry };
      return { ok: true, body: envelope.acceptsResponse ? decode(text) : {} };
    } catch {
      return { ok: false, body: {}, reason: late.signal.aborted ? 'timeout' : 'connection_failed' };
    } finally {
      stopWaiting();
    }
  }

  async close(): Promise<void> {}
}
