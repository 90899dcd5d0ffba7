import { WebClient } from '@slack/web-api';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { peopleNotices } from '../../../src/features/presence/notices.ts';
import { askAccount, registerPresence, whoIsNow } from '../../../src/features/presence/presence-slack.ts';
import { abandonedNotice } from '../../../src/filing/offer.ts';
import { contactChange } from '../../../src/procedures/contact-change/contact-change.ts';
import { whoIs } from '../../../src/records/people/who.ts';
import { noteAccount, rememberAccount } from '../../../src/records/presence/presence.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';
import type { Ground } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { messageFaults } from '../../limits/hold.ts';

/** Against the workspace’s own users.info; the news of user_change is never heard here. */
const KIM = 'U0KIM000001';
const LEE = 'U0LEE000001';
const clock = testClock();
let store: Store;
let workspace: Workspace;
let client: WebClient;
let ground: Ground;
let checkAccounts: () => Promise<void>;
let accountsSeenBy: (client: WebClient) => typeof checkAccounts;
let logged: unknown[];

beforeAll(async () => {
  store = await openTestStore();
  workspace = await startWorkspace({
    port: 0,
    people: [
      { id: KIM, name: '김보람' },
      { id: LEE, name: '이정훈' },
    ],
    channels: [],
    bot: { name: '보급봇', userId: 'U0BOT000001', commands: [], scopes: ['users:read'] },
  });
  client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
  const deaf = {
    app: { event: () => undefined },
    log: pino({}, { write: (line) => void logged.push(JSON.parse(line)) }),
  };
  accountsSeenBy = (asking) => registerPresence(deaf as never, ground, asking);
  checkAccounts = accountsSeenBy(client);
  await store.db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
});
beforeEach(async () => {
  logged = [];
  for (const id of [KIM, LEE]) await workspace.deactivate(id, false);
  await store.db.outbox.deleteMany();
  await store.db.filing.deleteMany();
  await store.db.system.deleteMany();
  await store.db.grant.deleteMany();
  await store.db.person.deleteMany();
});
afterAll(async () => {
  await workspace?.close();
  await store?.close();
});

const person = (slackId: string) =>
  store.db.person.findUniqueOrThrow({ where: { slackId }, include: { grants: true } });
const desk = () => store.db.outbox.findMany({ where: { notice: 'person.left' } });

async function officer(slackId: string): Promise<string> {
  const { id } = await whoIs(store.db, slackId);
  const grant = { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: clock.now() };
  await store.db.grant.create({ data: { personId: id, ...grant } });
  return id;
}

async function contact(slackId: string, names: string[]): Promise<string> {
  const { id } = await whoIs(store.db, slackId);
  const system = { agencyCode: '1741000', contactId: id, createdAt: clock.now() };
  await store.db.system.createMany({ data: names.map((name) => ({ ...system, name })) });
  return id;
}

test('an account is active, deactivated, gone, or cannot be asked', async () => {
  expect(await askAccount(client, KIM)).toEqual({ slackId: KIM, name: '김보람', active: true });
  await workspace.deactivate(KIM);
  expect(await askAccount(client, KIM)).toMatchObject({ slackId: KIM, active: false });
  expect(await askAccount(client, 'U0NOBODY001')).toEqual({
    slackId: 'U0NOBODY001',
    name: null,
    active: false,
  });
  workspace.faults.serverError = { method: 'users.info', times: 1 };
  expect(await askAccount(client, KIM)).toBeNull();
});

test('what happened while the bot was away is noticed at the start, for everybody who matters', async () => {
  await officer(KIM);
  await contact(LEE, ['민원관리시스템']);
  await officer('U0NOBODY001'); // deleted altogether
  await checkAccounts();
  expect((await person(KIM)).deactivatedAt).toBeNull();
  await workspace.deactivate(KIM);
  await workspace.deactivate(LEE);
  await checkAccounts();
  await checkAccounts(); // once is enough
  for (const slackId of [KIM, LEE, 'U0NOBODY001'])
    expect((await person(slackId)).deactivatedAt).toEqual(clock.now());
  expect((await person(KIM)).grants).toMatchObject([{ endedAt: clock.now(), endedBy: 'bot' }]);
  expect(await desk()).toHaveLength(3);
});

test('an outage of Slack takes nothing from anybody', async () => {
  await officer(KIM);
  workspace.faults.serverError = { method: 'users.info', times: 5 };
  await expect(checkAccounts()).rejects.toThrow('did not answer about 1 of 1');
  delete workspace.faults.serverError;
  expect(await person(KIM)).toMatchObject({ deactivatedAt: null, grants: [{ endedAt: null }] });
});

test('who cannot be asked at once because of a limit is asked again, and everybody after that too', async () => {
  await officer(KIM);
  await officer(LEE);
  await workspace.deactivate(KIM);
  await workspace.deactivate(LEE);
  workspace.faults.rateLimit = { method: 'users.info', times: 2, retryAfterSeconds: 1 };
  await checkAccounts();
  for (const slackId of [KIM, LEE]) expect((await person(slackId)).deactivatedAt).toEqual(clock.now());
  expect(logged).toMatchObject([{ people: 2, unanswered: 0 }]);
});

test('an account that Slack hides from this bot is counted in the log, and fails no look', async () => {
  await officer(KIM);
  await officer(LEE);
  await workspace.deactivate(LEE);
  const info: WebClient['users']['info'] = async (asked) => {
    if (asked?.user !== KIM) return client.users.info(asked);
    throw Object.assign(new Error('hidden'), { data: { ok: false, error: 'user_not_visible' } }); // as Slack answers
  };
  await accountsSeenBy(Object.assign(Object.create(client), { users: { ...client.users, info } }))();
  expect(logged).toMatchObject([{ level: 40, people: 2, unanswered: 1 }]);
  expect(await person(KIM)).toMatchObject({ deactivatedAt: null, grants: [{ endedAt: null }] });
  expect((await person(LEE)).deactivatedAt).toEqual(clock.now());
});

test('whoever could not be asked is counted in the log, and the look has failed though the others were asked', async () => {
  await officer(KIM);
  await officer(LEE);
  for (const id of [KIM, LEE]) await workspace.deactivate(id);
  workspace.faults.serverError = { method: 'users.info', times: 1 };
  await expect(checkAccounts()).rejects.toThrow('Slack did not answer about 1 of 2 accounts');
  expect(logged).toMatchObject([{ level: 40, people: 2, unanswered: 1 }]);
  const gone = { deactivatedAt: { not: null } };
  expect(await store.db.person.count({ where: gone })).toBe(1);
  await checkAccounts();
  expect(await store.db.person.count({ where: gone })).toBe(2);
});

test('two looks at once are one', async () => {
  await officer(KIM);
  await Promise.all([checkAccounts(), checkAccounts()]);
  expect(logged).toMatchObject([{ people: 1, unanswered: 0 }]);
});

test('the same news several times at once is one deactivation', async () => {
  const id = await officer(KIM);
  const gone = { slackId: KIM, name: null, active: false };
  await Promise.all([1, 2, 3].map(() => noteAccount(ground, gone)));
  expect(await desk()).toHaveLength(1);
  expect(await store.db.audit.count({ where: { person: id, action: 'person.deactivate' } })).toBe(1);
  expect(await store.db.audit.count({ where: { person: id, action: 'role.end' } })).toBe(1);
});

test('who comes back is recognised at the first act, without a role that crossed the deactivation', async () => {
  const id = await officer(KIM);
  await noteAccount(ground, { slackId: KIM, name: null, active: false });
  const grant = { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: clock.now() };
  await store.db.grant.create({ data: { personId: id, ...grant } });
  await workspace.deactivate(KIM);
  expect((await whoIsNow(ground, client, KIM)).deactivatedAt).not.toBeNull();
  await workspace.deactivate(KIM, false);
  expect(await whoIsNow(ground, client, KIM)).toMatchObject({ deactivatedAt: null, officer: false });
  expect(await store.db.audit.count({ where: { person: id, action: 'person.reactivate' } })).toBe(1);
});

test('news of strangers, and of who did nothing here, tells nobody anything', async () => {
  await noteAccount(ground, { slackId: 'U0STRANGER1', name: null, active: false });
  expect(await store.db.person.count()).toBe(0);
  await rememberAccount(store.db, { slackId: LEE, name: '이정훈', active: true });
  await noteAccount(ground, { slackId: LEE, name: '이정훈', active: false });
  expect(await desk()).toEqual([]);
});

test('who offered something to an account that is gone is told, and can name somebody else or take it back', async () => {
  await rememberAccount(store.db, { slackId: KIM, name: '김보람', active: true });
  await rememberAccount(store.db, { slackId: LEE, name: '이정훈', active: true });
  const [kim, lee] = [await person(KIM), await person(LEE)];
  const filing = await store.db.filing.create({
    data: {
      number: '2026-000009',
      procedure: 'contactChange',
      state: 'OFFERED',
      revision: 1,
      title: '<!channel> 시스템',
      applicantId: kim.id,
      namedId: lee.id,
      submittedAt: clock.now(),
    },
  });
  await workspace.deactivate(LEE);
  await checkAccounts(); // the news was missed: of somebody with no role and no system
  const [row] = await store.db.outbox.findMany({ where: { notice: 'filing.abandoned' } });
  expect(row).toMatchObject({ recipient: kim.id, facts: { filingId: filing.id, personId: lee.id } });
  const render = abandonedNotice({ procedures: new Map([['contactChange', contactChange]]) });
  const notice = await render(store.db, row?.facts as Record<string, string>);
  expect(messageFaults(notice as never)).toEqual([]);
  expect(JSON.stringify(notice)).toMatch(/이\*훈 님의 메신저 계정이.*filing\.resubmit.*filing\.withdraw/);
  expect(JSON.stringify(notice)).not.toContain('이정훈');
  await noteAccount(ground, { slackId: LEE, name: null, active: true });
  expect(await render(store.db, row?.facts as Record<string, string>)).toBeNull();
});

test('a name is kept where none was given, and never written over', async () => {
  await rememberAccount(store.db, { slackId: KIM, name: '김보람', active: true });
  await rememberAccount(store.db, { slackId: KIM, name: '다른이름', active: true });
  expect((await person(KIM)).name).toBe('김보람');
});

test('the desk is told of twenty systems by name and that there are more, of the person by a masked one', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `시스템 ${String(index).padStart(2, '0')}`);
  const personId = await contact(KIM, names);
  await rememberAccount(store.db, { slackId: KIM, name: '김보람', active: true });
  await noteAccount(ground, { slackId: KIM, name: null, active: false });
  const render = peopleNotices['person.left'];
  if (typeof render !== 'function') throw new Error('person.left is no card');
  const [row] = await desk();
  const notice = await render(store.db, row?.facts as Record<string, string>);
  if (!notice) throw new Error('nothing to say');
  const text = JSON.stringify(notice);
  expect(messageFaults(notice)).toEqual([]);
  expect(text).toContain('김*람');
  expect(text).not.toContain('김보람');
  expect(text).toContain('시스템 19');
  expect(text).not.toContain('시스템 20');
  expect(text).toContain('20개보다 많습니다');
  await noteAccount(ground, { slackId: KIM, name: null, active: true });
  expect(await render(store.db, { personId })).toBeNull(); // back before it could be said
});
