import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchChosen } from '../../src/messenger/intake.ts';

/** A stranger who listens: nobody but the messenger itself may be sent the bot's token. */
const heard: (string | undefined)[] = [];
const server = createServer((request, response) => {
  heard.push(request.headers.authorization);
  if (request.url === '/gone') response.writeHead(404);
  response.end(request.url === '/long' ? Buffer.alloc(5_000_000) : 'bytes');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const from = (url: string, origin: string) =>
  fetchChosen(
    { botToken: 'xoxb-1', origins: new Set([origin]), mustNotKeep: () => null },
    { id: 'F1', name: 'a.pdf', size: 5, url },
  );

test('the token goes to the very origin of the messenger', async () => {
  expect(String(await from(`http://127.0.0.1:${port}/a.pdf`, `http://127.0.0.1:${port}`))).toBe('bytes');
  expect(heard).toEqual(['Bearer xoxb-1']);
});

test.each([
  ['in the clear to a host that is spoken to over TLS', (at: string) => `http://${at}/a.pdf`],
  ['to a host that begins like it', (at: string) => `https://${at}.example.org/a.pdf`],
  ['to a host behind its name', (at: string) => `http://${at.replace(':', '@127.0.0.1:')}/a.pdf`],
  ['to what is no address', () => 'a.pdf'],
])('and not %s', async (_what, url) => {
  heard.length = 0;
  expect(await from(url(`127.0.0.1:${port}`), `https://127.0.0.1:${port}`)).toBeNull();
  expect(heard).toEqual([]);
});

// Ended early, a download reports that as an error: nothing must be left that nobody hears, since it ends the process.
test.each([
  ['that is refused', 'gone', null],
  ['of which enough was read', 'long', 3 * 1024 * 1024],
])('a download %s is ended, and ends nothing else', async (_what, path, most) => {
  const loose: unknown[] = [];
  const listen = (error: unknown) => loose.push(error);
  process.on('uncaughtException', listen);
  const origin = `http://127.0.0.1:${port}`;
  const bytes = await from(`${origin}/${path}`, origin);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  process.off('uncaughtException', listen);
  expect(most === null ? bytes : (bytes?.length ?? 0) > most).toBe(most === null ? null : true);
  expect(loose).toEqual([]);
});
