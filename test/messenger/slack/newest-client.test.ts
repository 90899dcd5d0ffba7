import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { section } from '../../../src/messenger/blocks.ts';
import { alert } from '../../../src/messenger/newer-blocks.ts';
import { openClients } from '../../../src/messenger/slack/clients.ts';

let server: Server;
afterEach(() => void server.close());

/** A Slack that answers calls that hold an alert with this error. @returns its client, and the types of blocks it saw */
async function slackThat(refuses: string | null) {
  const seen: string[][] = [];
  server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const piece of request) body.push(piece as Buffer);
    const form = new URLSearchParams(Buffer.concat(body).toString());
    const view = form.get('view');
    const blocks = view ? JSON.parse(view).blocks : JSON.parse(form.get('blocks') ?? '[]');
    const types = (blocks as { type: string }[]).map(({ type }) => type);
    seen.push(types);
    const refused = refuses && types.includes('alert');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(refused ? { ok: false, error: refuses } : { ok: true, ts: '1.1' }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const { bulk } = openClients({ botToken: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/api/` });
  return { client: bulk, seen };
}

const blocks = [alert('warning', '확인하십시오.'), section('끝')];
const post = { channel: 'C1', text: '확인하십시오.', blocks };

test('newer blocks are sent where Slack takes them', async () => {
  const { client, seen } = await slackThat(null);
  await client.chat.postMessage(post);
  expect(seen).toEqual([['alert', 'section']]);
});

test.each(['invalid_blocks', 'invalid_arguments'])(
  'refused with %s, those of today are sent, and no newer one again on such a screen',
  async (error) => {
    const { client, seen } = await slackThat(error);
    expect((await client.chat.postMessage(post)).ts).toBe('1.1');
    await client.chat.postMessage(post);
    expect(seen).toEqual([
      ['alert', 'section'],
      ['section', 'section'],
      ['section', 'section'],
    ]);
    await client.views.publish({ user_id: 'U1', view: { type: 'home', blocks } });
    expect(seen.slice(3)).toEqual([
      ['alert', 'section'],
      ['section', 'section'],
    ]);
  },
);

test('any other error is passed on, and nothing is concluded from it', async () => {
  const { client, seen } = await slackThat('channel_not_found');
  await expect(client.chat.postMessage(post)).rejects.toThrow('channel_not_found');
  await expect(client.chat.postMessage(post)).rejects.toThrow('channel_not_found');
  expect(seen).toEqual([
    ['alert', 'section'],
    ['alert', 'section'],
  ]);
});
