import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { client } from './api-client.ts';
import { OFFICIAL, options } from './bolt-app.ts';

const ALL = 'C0ALL000001';

describe('fault switches', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await startWorkspace(options());
  });
  afterAll(() => workspace.close());

  const post = (text: string) => client(workspace).chat.postMessage({ channel: ALL, text });
  const texts = async () => (await workspace.person(OFFICIAL).messages(ALL)).map(({ text }) => text);

  it('429 with Retry-After, for one method and so many times', async () => {
    workspace.faults.rateLimit = { method: 'chat.postMessage', times: 1, retryAfterSeconds: 7 };
    await client(workspace).auth.test();
    await expect(post('하나')).rejects.toMatchObject({ retryAfter: 7 });
    await post('둘');
    expect(await texts()).toEqual(['둘']);
    expect(workspace.faults.rateLimit).toBeUndefined();
  });

  it('503 for any method', async () => {
    workspace.faults.serverError = { times: 1 };
    await expect(post('셋')).rejects.toMatchObject({ statusCode: 503 });
    expect(await texts()).toEqual(['둘']);
  });

  it('a timeout has no effect', async () => {
    workspace.faults.timeout = { times: 1, ms: 30 };
    await expect(post('넷')).rejects.toThrow();
    expect(await texts()).toEqual(['둘']);
  });

  it('a connection cut after the call took effect', async () => {
    workspace.faults.dropAfterSend = { method: 'chat.postMessage', times: 1 };
    await expect(post('다섯')).rejects.toThrow();
    expect(await texts()).toEqual(['둘', '다섯']);
  });

  it('holds the bot to one message a second in a channel when told so over the control API', async () => {
    const set = (body: object) =>
      fetch(`${workspace.url}/control/faults`, { method: 'POST', body: JSON.stringify(body) });
    await set({ enforceRates: true });
    await post('여섯');
    await expect(post('일곱')).rejects.toMatchObject({ retryAfter: 1 });
    await client(workspace).chat.postMessage({ channel: OFFICIAL, text: '다른 곳' });
    await set({ enforceRates: null });
    await post('여덟');
    expect((await texts()).slice(-2)).toEqual(['여섯', '여덟']);
  });
});
