import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folderMailer, type Mailer, smtpMailer } from '../../../src/messenger/mail/mailer.ts';
import { renewClaim } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { FROM, openPostOffice, type PostOffice, type Temper } from '../../mail/post-office.ts';
import { LEASE, type OutboxGround, setOutbox } from '../slack/outbox-ground.ts';

const ADDRESS = 'sujin@public.or.kr';
const UNSURE = 'it is not known whether the mail was sent';
let store: Store;
let ground: OutboxGround;
let office: PostOffice;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  ground = await setOutbox(store);
  office = await openPostOffice();
  await store.db.person.update({ where: { id: ground.ids.nobody }, data: { email: ADDRESS } });
});
afterEach(async () => {
  await ground?.close();
  await office?.close();
});
afterAll(() => store?.close());

const sender = (mailer: Mailer = office.mailer) => ground.sender({ mailer });
const subjects = () => office.arrived.map(({ subject }) => subject);

describe('to somebody without an account', () => {
  it('goes by mail, with its files whole', async () => {
    const { ids } = ground;
    await ground.tell(ids.nobody, 'hand 1');
    await ground.run(sender());
    const [mail] = office.arrived;
    expect(mail?.subject).toBe('[표준API] hand 1');
    expect(mail?.from?.text).toContain('api@klid.or.kr');
    expect(mail?.to).toMatchObject({ value: [{ address: ADDRESS }] });
    expect(mail?.text).toContain('1661-9088');
    expect(mail?.html).toContain('hand 1');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.attachments.map(({ filename, content }) => [filename, String(content)])).toEqual([
      ['one.lic', 'licence'],
      ['two.tar', 'licence'],
    ]);
    const row = await ground.row('hand 1');
    expect(row).toMatchObject({
      state: 'SENT',
      channel: 'mail',
      ts: expect.stringMatching(/@klid\.or\.kr$/),
    });
    expect(mail?.messageId).toBe(`<${row.ts}>`);
  });

  it('names its writer, and says where an answer goes', async () => {
    const { ids } = ground;
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(sender());
    expect(office.arrived[0]?.replyTo).toBeUndefined();
    expect(office.arrived[0]?.text).toContain('(받는 주소: api@klid.or.kr)');

    await ground.tell(ids.nobody, 'say 2');
    const replyTo = 'desk@klid.or.kr';
    await ground.run(sender(smtpMailer(office.url, { from: 'api@klid.or.kr', replyTo })));
    const mail = office.arrived[1];
    expect(mail?.from?.value).toEqual([{ name: '표준API 보급관리', address: 'api@klid.or.kr' }]);
    expect(mail?.replyTo?.value).toMatchObject([{ address: replyTo }]);
    expect(mail?.text).toContain(`(받는 주소: ${replyTo})`);
    expect(mail?.text).toContain('1661-9088');
  });

  it('never to somebody with one, whatever address is known', async () => {
    const { ids } = ground;
    await store.db.person.update({ where: { id: ids.kim }, data: { email: 'kim@korea.kr' } });
    await ground.tell(ids.kim, 'say 1');
    await ground.run(sender());
    expect(office.arrived).toEqual([]);
    expect(await ground.heard('kim')).toEqual(['say 1']);
  });

  it('is out of reach without an address', async () => {
    const { ids } = ground;
    await store.db.person.update({ where: { id: ids.nobody }, data: { email: null } });
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(sender());
    expect(await ground.row('say 1')).toMatchObject({
      state: 'FAILED',
      error: 'no messenger account and no e-mail address',
    });
  });
});

describe('a server that says no for now', () => {
  it.each<Temper>(['greylisting', 'cut before the mail', 'not known'])(
    '%s: is asked again later, and the mail goes once',
    async (temper) => {
      const { clock, ids } = ground;
      const mine = sender();
      office.temper = temper;
      await ground.tell(ids.nobody, 'say 1');
      await ground.run(mine);
      const row = await ground.row('say 1');
      expect(row).toMatchObject({ state: 'PENDING', attempts: 1, mailedAt: null });
      expect(row.dueAt.getTime() - clock.now().getTime()).toBeGreaterThanOrEqual(2000);
      expect(row.error).not.toContain(ADDRESS);
      office.temper = 'working';
      clock.advance(60_000);
      await ground.run(mine, 2, 60_000);
      expect(subjects()).toEqual(['[표준API] say 1']);
    },
  );

  it('that is away is asked by one mail at a time, and costs the rest no attempt', async () => {
    const { clock, ids } = ground;
    const others = await Promise.all(
      [1, 2, 3].map(() => store.db.person.create({ data: { name: '없음', email: ADDRESS } })),
    );
    const mine = sender();
    await office.goAway();
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(mine);
    for (const [index, { id }] of others.entries()) await ground.tell(id, `say other ${index}`);
    await ground.run(mine);
    expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING', attempts: 1 });
    expect(await ground.row('say other 0')).toMatchObject({ state: 'PENDING', attempts: 0 });
    await office.comeBack();
    clock.advance(31_000);
    await ground.run(mine, 3, 31_000);
    expect(subjects().sort()).toHaveLength(4);
  });
});

describe('a server that takes no mail at all', () => {
  it.each<[Temper | 'away', string, string]>([
    ['not for this sender', 'the mail server takes no mail from the bot', '550 5.7.1'],
    ['wants a log-in', 'the mail server takes no mail from the bot', '530 5.7.0'],
    ['not known', 'the mail server takes no mail from the bot', '535'],
    ['away', 'the mail server cannot be reached', ''],
  ])('%s: what is to be sent waits for days, the desk reads of it once a day', async (temper, what, said) => {
    const { ids, clock } = ground;
    const mine = sender();
    if (temper === 'away') await office.goAway();
    else office.temper = temper;
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(mine, 200, 30 * 60_000); // four days and four hours, from 10:00 in Seoul
    const row = await ground.row('say 1');
    expect([row.state, row.error]).toEqual(['PENDING', expect.stringContaining(`${what}: `)]);
    expect(row.error).toContain(said);
    expect(await ground.heard('desk')).toEqual(Array(5).fill(`밀림: ${what}`));
    if (temper === 'away') await office.comeBack();
    else office.temper = 'working';
    clock.advance(300_000);
    await ground.run(mine, 2, 31_000);
    expect(subjects()).toEqual(['[표준API] say 1']);
  });
});

describe('what repeating cannot change', () => {
  it.each<[Temper, string]>([
    ['refusing', '550 5.1.1'],
    ['too large', '552 5.3.4'],
  ])('%s fails at once and is told to the desk', async (temper, said) => {
    const { ids } = ground;
    const mine = sender();
    office.temper = temper;
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(mine);
    office.temper = 'working';
    await ground.run(mine, 3, 3_600_000);
    const { state, error } = await ground.row('say 1');
    expect([state, error]).toEqual(['FAILED', expect.stringContaining(said)]);
    expect(error).not.toContain(ADDRESS);
    expect(office.arrived).toEqual([]);
    expect(await ground.heard('desk')).toEqual(['전달 실패: say 1']);
  });
});

describe('nobody is mailed twice', () => {
  it('a server that hangs up after the whole mail may have taken it: an officer looks', async () => {
    const { ids } = ground;
    const mine = sender();
    office.temper = 'cut after the mail';
    await ground.tell(ids.nobody, 'say 1');
    await ground.run(mine);
    office.temper = 'working';
    await ground.run(mine, 3, 3_600_000);
    expect(await ground.row('say 1')).toMatchObject({ state: 'FAILED', error: UNSURE });
    expect([office.asked, office.arrived.length]).toEqual([1, 0]);
    expect(await ground.heard('desk')).toEqual(['전달 실패: say 1']);
  });

  it('a process that died between mark and send leaves the mail to an officer', async () => {
    const { clock, ids } = ground;
    await ground.tell(ids.nobody, 'say 1');
    const row = await ground.claimedByTheDead();
    const until = new Date(clock.now().getTime() + LEASE);
    expect(await renewClaim(store.db, row, until, { mailedAt: clock.now() })).toBe(true);
    clock.advance(LEASE);
    await ground.run(sender(), 2, LEASE);
    expect(await ground.row('say 1')).toMatchObject({ state: 'FAILED', error: UNSURE });
    expect(office.asked).toBe(0);
  });

  it('one that died before the mark does not', async () => {
    const { clock, ids } = ground;
    await ground.tell(ids.nobody, 'say 1');
    await ground.claimedByTheDead();
    clock.advance(LEASE);
    await ground.run(sender(), 2, LEASE);
    expect(subjects()).toEqual(['[표준API] say 1']);
  });
});

describe('without a server', () => {
  it('a mail is a file, whole and private, and the same file when it is done again', async () => {
    const { clock, ids } = ground;
    const folder = join(mkdtempSync(join(tmpdir(), 'bogeup-mail-')), 'mail');
    const mailer = folderMailer(folder, { from: FROM });
    await ground.tell(ids.nobody, 'hand 1');
    await ground.run(sender(mailer));
    const { id } = await ground.row('hand 1');
    // As if the process had died before it could write down that the file is there.
    const dueAt = clock.now();
    await store.db.outbox.update({ where: { id }, data: { state: 'CLAIMED', claimedBy: 'dead', dueAt } });
    await ground.run(sender(mailer));
    expect(await ground.row('hand 1')).toMatchObject({ state: 'SENT', attempts: 2 });
    expect(readdirSync(folder)).toEqual([`outbox-${id}-0.eml`]);
    const file = join(folder, `outbox-${id}-0.eml`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const mail = await simpleParser(readFileSync(file));
    expect(mail.text).toContain('이 주소로는 답장을 받지 않습니다.');
    expect(mail.subject).toBe('[표준API] hand 1');
    expect(mail.attachments.map(({ content }) => String(content))).toEqual(['licence', 'licence']);
  });
});
