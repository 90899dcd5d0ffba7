import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { doorPath, knock, openDoor } from '../../../src/app/operator/door.ts';

let folder = '';
let close = async () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-door-'));
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = { command: 'echo', args: { 글: '가나' }, name: 'kim' };

test('the lines come as they are said, then the exit code', async () => {
  close = await openDoor(doorPath(folder), async (request, out) => {
    out(`${request.name} ${JSON.stringify(request.args)}`);
    out('두 번째\n줄');
    return 3;
  });
  const lines: string[] = [];
  expect(await knock(doorPath(folder), asked, (line) => lines.push(line))).toBe(3);
  expect(lines).toEqual(['kim {"글":"가나"}', '두 번째\n줄']);
});

test('nobody there: null, also when the socket of a killed process lies there', async () => {
  expect(await knock(doorPath(folder), asked, () => undefined)).toBeNull();
});

test.skipIf(process.platform === 'win32')('only the owner may come in', async () => {
  close = await openDoor(doorPath(folder), async () => 0);
  expect(statSync(doorPath(folder)).mode & 0o777).toBe(0o600);
});

test('a command that throws is told, and the door stays open', async () => {
  close = await openDoor(doorPath(folder), async ({ command }) => {
    if (command === 'echo') throw new Error('what went wrong');
    return 0;
  });
  const lines: string[] = [];
  expect(await knock(doorPath(folder), asked, (line) => lines.push(line))).toBe(1);
  expect(lines).toEqual(['what went wrong']);
  expect(await knock(doorPath(folder), { ...asked, command: 'other' }, () => undefined)).toBe(0);
});

test('rubbish, and a visitor who leaves at once, do no harm', async () => {
  close = await openDoor(doorPath(folder), async () => 0);
  for (const text of ['not json\n', '{"command": 1}\n', ''])
    await new Promise((resolve) => {
      const socket = connect(doorPath(folder), () => (text ? socket.write(text) : socket.destroy()));
      socket.on('error', resolve).on('close', resolve).resume();
    });
  expect(await knock(doorPath(folder), asked, () => undefined)).toBe(0);
});

test('a large argument arrives whole', async () => {
  const base64 = 'A'.repeat(5_000_000);
  close = await openDoor(doorPath(folder), async ({ args }) =>
    (args as { base64: string }).base64 === base64 ? 0 : 1,
  );
  expect(await knock(doorPath(folder), { ...asked, args: { base64 } }, () => undefined)).toBe(0);
});

/** Parts that are made when they are asked for. */
async function* parts(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(500_000, index);
}

test('a file comes after the line that asks, to its end and in its order', async () => {
  const hash = createHash('sha256');
  for await (const part of parts(40)) hash.update(part);
  close = await openDoor(doorPath(folder), async (_request, out, attached) => {
    const arrived = createHash('sha256');
    for await (const part of attached) arrived.update(part);
    out(arrived.digest('hex'));
    return 0;
  });
  const lines: string[] = [];
  expect(
    await knock(
      doorPath(folder),
      asked,
      (line) => lines.push(line),
      () => parts(40),
    ),
  ).toBe(0);
  expect(lines).toEqual([hash.digest('hex')]);
});

test('a file that is refused before its end: the answer comes all the same', async () => {
  close = await openDoor(doorPath(folder), async (_request, out, attached) => {
    for await (const part of attached) if (part.length > 0) break;
    out('enough');
    return 1;
  });
  const lines: string[] = [];
  expect(
    await knock(
      doorPath(folder),
      asked,
      (line) => lines.push(line),
      () => parts(40),
    ),
  ).toBe(1);
  expect(lines).toEqual(['enough']);
});

test('a bot that stops in the middle of a command is an error, not a success', async () => {
  close = await openDoor(doorPath(folder), () => new Promise(() => undefined));
  const answer = knock(doorPath(folder), asked, () => undefined);
  setTimeout(() => void close(), 100);
  await expect(answer).rejects.toThrow(/stopped before the command was finished|ECONNRESET/);
});
