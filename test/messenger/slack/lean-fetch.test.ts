import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leanFetch } from '../../../src/messenger/slack/lean-fetch.ts';

/** Each path is one way in which Slack, or what stands before it, may answer. */
const KOREAN = JSON.stringify({ ok: true, text: '접수번호 2026-000001 '.repeat(5000) });
let server: Server;
let base: string;
let connections = 0;

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await textOf(request);
    const { url, method, headers } = request;
    if (url === '/echo')
      response.end(
        JSON.stringify({ method, body, type: headers['content-type'], who: headers.authorization }),
      );
    if (url === '/korean') {
      const packs = headers['accept-encoding']?.includes('gzip') ?? false;
      if (packs) response.setHeader('content-encoding', 'gzip');
      response.end(packs ? gzipSync(KOREAN) : KOREAN);
    }
    if (url === '/limited') response.writeHead(429, { 'retry-after': '30' }).end('slow down');
    if (url === '/broken') response.writeHead(503, 'Away', { 'x-many': ['a', 'b'] }).end('<html>');
    if (url === '/moved') response.writeHead(302, { location: '/echo' }).end();
    if (url === '/cut') request.socket.destroy();
    // '/silent' is never answered
  });
  server.keepAliveTimeout = 0; // a connection is kept however slow the machine is
  server.on('connection', () => void connections++);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = {
  method: 'POST',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Bearer xoxb-1' },
  body: 'channel=C1&text=%EA%B0%80',
  redirect: 'error',
} as const;

describe('answers as fetch does', () => {
  it.each(['/echo', '/korean', '/limited', '/broken'])('%s', async (path) => {
    const [lean, usual] = [await leanFetch(base + path, call), await fetch(base + path, call)];
    const seen = async (answer: typeof lean) => ({
      ok: answer.ok,
      status: answer.status,
      statusText: answer.statusText,
      url: answer.url,
      retry: answer.headers.get('Retry-After'),
      none: answer.headers.get('x-none'),
      many: answer.headers.get('x-many'),
      names: [...answer.headers.entries()]
        .map(([name]) => name)
        .filter((name) => !['content-encoding', 'content-length', 'transfer-encoding'].includes(name))
        .sort(),
      text: await answer.text(),
    });
    expect(await seen(lean)).toEqual(await seen(usual));
  });

  it('bytes and JSON', async () => {
    const answer = await leanFetch(`${base}/korean`, call);
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(KOREAN);
    expect(await answer.json()).toEqual(JSON.parse(KOREAN));
  });

  it('with a form that holds a file', async () => {
    const form = new FormData();
    form.append('file', new Blob(['가']), 'a.txt');
    const answer = await leanFetch(`${base}/echo`, { method: 'POST', body: form });
    expect(await answer.text()).toContain('filename=\\"a.txt\\"');
  });
});

it.each(['/moved', '/cut'])('rejects what fetch rejects: %s', async (path) => {
  await expect(fetch(base + path, call)).rejects.toThrow();
  await expect(leanFetch(base + path, call)).rejects.toThrow();
});

it('is ended by its signal, with the reason', async () => {
  const given = new AbortController();
  const answer = leanFetch(`${base}/silent`, { ...call, signal: given.signal });
  given.abort(new Error('waited long enough'));
  await expect(answer).rejects.toThrow('waited long enough');
});

it('keeps one connection for calls one after the other, also when nobody reads the answer', async () => {
  await leanFetch(`${base}/limited`, call);
  const before = connections;
  for (let count = 0; count < 20; count++) await leanFetch(`${base}/limited`, call);
  expect(connections - before).toBeLessThan(10);
});
