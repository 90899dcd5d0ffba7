import { readdirSync, readFileSync } from 'node:fs';
import type { App } from '@slack/bolt';
import pino from 'pino';
import { expect, test } from 'vitest';
import { hearReadable } from '../../../src/messenger/slack/readable.ts';

const folder = new URL('../../samples/slack/', import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => /_(body|realPayload_0|event_payload)\.json$/.test(name))
  .map((name): [string, unknown] => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]);

/** A command is a form's fields; everything else is JSON. */
const bodyOf = (sample: unknown) =>
  typeof sample === 'string' ? Object.fromEntries(new URLSearchParams(sample)) : sample;

/** What Bolt is handed of this, and whether it was acknowledged here instead. */
async function heard(body: unknown): Promise<{ bolt: unknown[]; acked: number }> {
  const bolt: unknown[] = [];
  let acked = 0;
  const app = { processEvent: async (event: { body: unknown }) => void bolt.push(event.body) };
  hearReadable(app as unknown as App, pino({ level: 'silent' }));
  const ack = async () => void acked++;
  await (app as unknown as App).processEvent({ body: body as Record<string, unknown>, ack });
  return { bolt, acked };
}

// No shortcut is this bot's.
test.each(samples.filter(([name]) => !/shortcut/i.test(name)))(
  'Slack’s own %s is heard',
  async (_name, sample) => {
    expect(await heard(bodyOf(structuredClone(sample)))).toMatchObject({ bolt: [{}], acked: 0 });
  },
);

test.each([null, 7, 'x', [], {}, { type: 'nothing' }, { type: 'toString' }, { command: 7 }, { event: null }])(
  '%j is acknowledged and not heard',
  async (body) => {
    expect(await heard(body)).toEqual({ bolt: [], acked: 1 });
  },
);
