import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seoulDay } from '../../src/core/calendar.ts';
import type { AnyProcedure } from '../../src/filing/procedure.ts';
import { renderMail } from '../../src/messenger/mail/render-mail.ts';
import type { Notice, Renderer } from '../../src/messenger/notice.ts';
import { registration } from '../../src/procedures/registration/registration.ts';
import { morningNotices } from '../../src/reminders/morning.ts';
import { reminders } from '../../src/reminders/reminders.ts';
import { sweep } from '../../src/reminders/sweep.ts';
import { validateMessage } from '../../src/sandbox/blockkit/validate.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, type TestClock, testClock } from '../ground.ts';
import { OF_SCREENS } from '../mail/post-office.ts';
import { seedAgency, seedFiling, seedPerson, seedSystem } from './seed.ts';

const NONE: ReadonlySet<string> = new Set();
const HOSTILE = '<!channel> *굵게* `코드` <@U1>';
const issuedAt = new Date('2026-11-23T10:00:00+09:00');

/** Only names and labels of a procedure are shown in reminders. */
const named = (name: string, document: string): AnyProcedure => ({
  ...registration,
  name,
  title: document.replace('서', ''),
  document,
});
const procedures = new Map([
  ['application', named('application', '이용신청서')],
  ['resultReport', named('resultReport', '적용결과표')],
]);

/** Without the nudge of January, which comes with the others then. */
const oneAtATime = reminders.filter(({ notice }) => notice !== 'handover');

let store: Store;
let clock: TestClock;

beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
  await seedAgency(store.db);
});
afterEach(() => store.close());

async function sweepAt(day: string): Promise<void> {
  clock.set(`${day}T09:30:00+09:00`);
  await sweep({ db: store.db, now: clock.now, wakeOutbox: () => {} }, oneAtATime, NONE);
}

/** What the sender would send now, of all that is in the outbox for somebody, oldest first. */
async function rendered(to: string, by?: 'mail'): Promise<(Notice | null)[]> {
  const notices = morningNotices({ now: clock.now, procedures }, async () => NONE, reminders);
  const rows = await store.db.outbox.findMany({
    where: { recipient: to },
    orderBy: [{ createdAt: 'asc' }, { notice: 'asc' }],
  });
  return Promise.all(
    rows.map((row) => {
      const render = notices[row.notice];
      if (typeof render !== 'function') throw new Error(`no renderer for ${row.notice}`);
      return render(store.db, row.facts as Parameters<Renderer>[1], by);
    }),
  );
}

async function onlyOne(to: string): Promise<Notice> {
  const [notice, ...more] = await rendered(to);
  if (!notice || more.length > 0) throw new Error(`not one message but ${JSON.stringify([notice, ...more])}`);
  expect(validateMessage({ text: notice.text, blocks: notice.blocks })).toEqual([]);
  return notice;
}

describe('임시라이선스 만료', () => {
  it('says what expires when and what to do, with the button for the contact only', async () => {
    const { contact, deputy, system, licence } = await seedSystem(store.db, issuedAt);
    await sweepAt('2026-12-24');
    const notice = await onlyOne(contact.id);
    expect(notice.text).toBe('임시라이선스 만료 30일 전: 온나라 시스템');
    const shown = JSON.stringify(notice.blocks);
    for (const part of [licence.number, '2027. 1. 23.까지', '적용결과표 제출']) expect(shown).toContain(part);
    expect(shown).toContain(`"action_id":"resultReport.begin"`);
    expect(shown).toContain(`"value":"${system.id}"`);
    const other = JSON.stringify((await onlyOne(deputy.id)).blocks);
    expect(other).not.toMatch(/resultReport\.begin|filing\.resubmit/);
    expect(other).toContain('적용결과표는 담당자가 제출합니다.');
  });

  it('counts the days when it is sent, not when it was found', async () => {
    const { contact } = await seedSystem(store.db, issuedAt);
    await sweepAt('2027-01-15');
    const heads: string[] = [];
    for (const day of ['2027-01-22', '2027-01-23', '2027-01-24']) {
      clock.set(`${day}T12:00:00+09:00`);
      heads.push((await onlyOne(contact.id)).text);
    }
    expect(heads).toEqual([
      '임시라이선스 만료 1일 전: 온나라 시스템',
      '임시라이선스 오늘 만료: 온나라 시스템',
      '임시라이선스 만료 후 1일 경과: 온나라 시스템',
    ]);
  });

  it('leaves a message that was held up to the later step', async () => {
    const { contact } = await seedSystem(store.db, issuedAt);
    await sweepAt('2027-01-08');
    await sweepAt('2027-01-15');
    const [old, latest] = await rendered(contact.id);
    expect(old).toBe(null);
    expect(latest?.text).toBe('임시라이선스 만료 8일 전: 온나라 시스템');
  });

  it('is silent when the licence was superseded or handed over before it was sent', async () => {
    const { contact, deputy, system, licence } = await seedSystem(store.db, issuedAt);
    await sweepAt('2026-12-24');
    const successor = await seedPerson(store.db, '박민수');
    await store.db.system.update({ where: { id: system.id }, data: { contactId: successor.id } });
    expect(await rendered(contact.id)).toEqual([null]);
    await onlyOne(deputy.id);
    await store.db.licence.update({ where: { id: licence.id }, data: { supersededAt: clock.now() } });
    expect(await rendered(deputy.id)).toEqual([null]);
  });

  it('names the report that was returned and lets who submitted it correct it', async () => {
    const { contact, deputy, system } = await seedSystem(store.db, issuedAt);
    const report = await seedFiling(store.db, contact, {
      procedure: 'resultReport',
      systemId: system.id,
      state: 'RETURNED',
      submittedAt: issuedAt,
    });
    await sweepAt('2026-12-24');
    const shown = JSON.stringify((await onlyOne(contact.id)).blocks);
    expect(shown).toContain(`접수번호 ${report.number}`);
    expect(shown).toContain(`"action_id":"filing.resubmit"`);
    expect(shown).toContain(`"value":"${report.id}"`);
    const other = JSON.stringify((await onlyOne(deputy.id)).blocks);
    expect(other).not.toMatch(/resultReport\.begin|filing\.resubmit/);
    expect(other).toContain('제출한 사람이 수정합니다.');
  });

  it('asks the desk to call when nobody can be told', async () => {
    const { contact, deputy } = await seedSystem(store.db, issuedAt);
    await store.db.person.updateMany({
      where: { id: { in: [contact.id, deputy.id] } },
      data: { slackId: null },
    });
    await sweepAt('2026-12-24');
    const shown = JSON.stringify((await onlyOne('desk')).blocks);
    expect(shown).toContain('행정안전부');
    expect(shown).toContain('전화나 이메일로 알려 주십시오.');
    expect(shown).not.toContain('action_id');
    expect(shown).not.toContain(contact.name);
  });

  it('shows a hostile name as it was typed', async () => {
    const { contact } = await seedSystem(store.db, issuedAt, HOSTILE);
    await sweepAt('2026-12-24');
    const { text, blocks } = await onlyOne(contact.id);
    expect(text).not.toContain('<!channel>');
    expect(JSON.stringify(blocks)).toContain(HOSTILE);
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });
});

describe('보완요청', () => {
  it('says why and since when, with the button to correct', async () => {
    const applicant = await seedPerson(store.db, '김철용');
    const filing = await seedFiling(store.db, applicant, {
      state: 'RETURNED',
      submittedAt: issuedAt,
      decidedAt: issuedAt,
      reason: HOSTILE,
    });
    await sweepAt('2026-11-26');
    const { text, blocks } = await onlyOne(applicant.id);
    expect(text).toBe(`이용신청서 보완요청 미처리: 온나라 시스템 (접수번호 ${filing.number})`);
    expect(JSON.stringify(blocks)).toContain('2026. 11. 23.');
    expect(JSON.stringify(blocks)).toContain(HOSTILE);
    expect(JSON.stringify(blocks)).toContain(`"action_id":"filing.resubmit","text"`);
    await store.db.filing.update({ where: { id: filing.id }, data: { state: 'SUBMITTED', revision: 2 } });
    expect(await rendered(applicant.id)).toEqual([null]);
    await store.db.filing.update({ where: { id: filing.id }, data: { state: 'RETURNED' } });
    expect(await rendered(applicant.id)).toEqual([null]); // another request, with its own days
  });

  it('goes to the desk when the applicant has no account', async () => {
    const applicant = await seedPerson(store.db, '김철용', null);
    await seedFiling(store.db, applicant, {
      state: 'RETURNED',
      submittedAt: issuedAt,
      decidedAt: issuedAt,
      reason: '공문 누락',
    });
    await sweepAt('2026-11-26');
    const shown = JSON.stringify((await onlyOne('desk')).blocks);
    expect(shown).toContain('신청자에게 메신저로 알릴 수 없습니다.');
    expect(shown).not.toContain('action_id');
    expect(shown).not.toContain('김철용');
  });
});

describe('수락 요청', () => {
  async function offer() {
    const asking = await seedPerson(store.db, '김철용');
    const named = await seedPerson(store.db, '이영희');
    const filing = await seedFiling(store.db, asking, {
      state: 'OFFERED',
      namedId: named.id,
      submittedAt: issuedAt,
    });
    return { asking, named, filing };
  }

  it('is said again after two business days to the person named, after five to who asked as well', async () => {
    const { asking, named, filing } = await offer();
    await sweepAt('2026-11-24');
    expect(await rendered(named.id)).toEqual([]);
    await sweepAt('2026-11-25');
    const { text, blocks } = await onlyOne(named.id);
    expect(text).toBe(`이용신청서: 수락을 기다리고 있습니다. (접수번호 ${filing.number})`);
    expect(JSON.stringify(blocks)).toMatch(/filing\.accept.*filing\.decline/);
    expect(await rendered(asking.id)).toEqual([]);
    await sweepAt('2026-11-30');
    expect((await rendered(named.id)).map((one) => one?.text)).toEqual([undefined, text]); // in the place of the first
    const told = JSON.stringify((await onlyOne(asking.id)).blocks);
    expect(told).toContain('이*희');
    expect(told).not.toContain('이영희');
    expect(told).toMatch(/filing\.resubmit.*filing\.withdraw/);
    await store.db.filing.update({ where: { id: filing.id }, data: { state: 'SUBMITTED' } });
    expect(await rendered(named.id)).toEqual([null, null]);
    expect(await rendered(asking.id)).toEqual([null]);
  });

  it('to somebody whose account is gone is who asked’s to settle', async () => {
    const { asking, named } = await offer();
    await store.db.person.update({ where: { id: named.id }, data: { deactivatedAt: issuedAt } });
    await sweepAt('2026-11-30');
    expect(await rendered(named.id)).toEqual([]);
    await onlyOne(asking.id);
  });
});

describe('the desk’s digest', () => {
  it('counts all and shows the oldest five, without whose they are', async () => {
    const applicant = await seedPerson(store.db, '김철용');
    for (let n = 1; n <= 7; n++) {
      const submittedAt = new Date(issuedAt.getTime() + n * 3_600_000);
      await seedFiling(store.db, applicant, { title: `시스템 ${n}`, submittedAt });
    }
    await sweepAt('2026-11-27');
    const { text, blocks } = await onlyOne('desk');
    expect(text).toBe('검토를 기다리는 신청 7건 (3영업일 넘은 신청 7건)');
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('이용신청 · 시스템 1\\n행정안전부 · 접수번호 2026-');
    expect(shown).toContain('4영업일 경과');
    expect(shown).toContain('시스템 5');
    expect(shown).not.toContain('시스템 6');
    expect(shown).not.toContain('김철용');
    expect(shown.match(/"action_id":"filing.review"/g)).toHaveLength(5);
  });

  it('is not sent a day late, nor when everything was decided meanwhile', async () => {
    const applicant = await seedPerson(store.db, '김철용');
    const filing = await seedFiling(store.db, applicant, { submittedAt: issuedAt });
    await sweepAt('2026-11-27');
    clock.set('2026-11-28T00:10:00+09:00');
    expect(await rendered('desk')).toEqual([null]);
    clock.set('2026-11-27T10:00:00+09:00');
    await onlyOne('desk');
    await store.db.filing.update({ where: { id: filing.id }, data: { state: 'APPROVED' } });
    expect(await rendered('desk')).toEqual([null]);
  });
});

describe('by mail', () => {
  it('a contact without an account is never told of a screen, until its licence has run out', async () => {
    const { db } = store;
    const { contact, system } = await seedSystem(db, issuedAt);
    await db.person.update({ where: { id: contact.id }, data: { slackId: null, email: 'kim@public.or.kr' } });
    await db.system.update({ where: { id: system.id }, data: { deputyId: null, serviceOn: '2026-12-28' } });
    await db.certificate.create({
      data: {
        purpose: 'SERVER',
        systemId: system.id,
        cn: 'SVR1741000001',
        subject: '',
        issuer: '',
        serial: '1',
        notBefore: issuedAt,
        notAfter: new Date('2027-02-15T00:00:00+09:00'),
        fingerprint: 'f',
        registeredAt: issuedAt,
      },
    });
    await seedFiling(db, contact, {
      procedure: 'resultReport',
      state: 'RETURNED',
      channel: 'PAPER',
      systemId: system.id,
      submittedAt: issuedAt,
      decidedAt: issuedAt,
    });
    const told: string[] = [];
    for (let day = issuedAt.getTime(); day < Date.parse('2027-03-01'); day += 3 * 24 * 60 * 60 * 1000) {
      await sweepAt(seoulDay(new Date(day)));
      for (const mail of await rendered(contact.id, 'mail')) if (mail) told.push(renderMail(mail, '').text);
      await db.outbox.deleteMany();
    }
    for (const about of ['임시라이선스 만료', '서비스 개시예정일', '보완요청', '서버용 인증서'])
      expect(told.join(), about).toContain(about);
    expect(told.filter((text) => OF_SCREENS.test(text))).toEqual([]);
  });
});
