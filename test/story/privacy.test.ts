import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCsv } from '../../src/app/operator/csv.ts';
import { accessRecords } from '../../src/features/privacy/access-record.ts';
import { reminders } from '../../src/reminders/reminders.ts';
import { sweep } from '../../src/reminders/sweep.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import {
  apply,
  approveApplication,
  approveForGood,
  becomeUser,
  card,
  closeAll,
  next,
  openedModal,
  pressIn,
  report,
} from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** Personal data from the first reading to its destruction, played by people. */
let stage: Stage;
let people: Person[];

beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001'] });
  const { kim, lee, officer, officer2, store, clock } = stage;
  people = [kim, lee, officer, officer2];
  await becomeUser(stage, kim, '김보람');
  await lee.openHome();
  const auditor = await personOf(lee);
  await store.db.grant.create({
    data: { personId: auditor.id, role: 'AUDITOR', grantedBy: 'test', grantedAt: clock.now() },
  });
  await apply(kim);
  await stage.bot.idle();
});
beforeEach(async () => {
  for (const person of people) await closeAll(person);
  stage.clock.advance(60_000);
});
afterAll(() => stage?.close());

const personOf = ({ userId }: Person) =>
  stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } });
const application = () => stage.store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
const records = async () => accessRecords(stage.store.db, { from: new Date(0), to: new Date('2100-01-01') });

async function refused(person: Person, act: () => Promise<unknown>, text: string): Promise<void> {
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  const shown = await openedModal(person);
  expect(shown).toContain('처리하지 않았습니다');
  expect(shown).toContain(text);
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

/** The newest file in somebody's messages, as text. */
async function received(person: Person, name: RegExp, act: () => Promise<unknown>): Promise<string> {
  const before = (await person.dm()).length;
  await act();
  const message = await person.waitFor(async () =>
    (await person.dm()).slice(before).find((one) => one.files),
  );
  const [file] = message.files as { id: string; name: string }[];
  expect(file?.name).toMatch(name);
  return (await person.download(file?.id ?? '')).toString();
}

describe('reading', () => {
  test('a filing that waits has its reason by itself, and so have its attachments', async () => {
    const { officer, kim } = stage;
    await officer.press('검토', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('10.10.1.21');
    await officer.press('구성도 열기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('열어 봄'));
    const [reader, whose] = [await personOf(officer), await personOf(kim)];
    expect((await records()).map((one) => [one.label, one.reader.id, one.whose?.id, one.reason])).toEqual([
      ['신청 내용 열람', reader.id, whose.id, '신청 검토'],
      ['첨부파일 내려받기', reader.id, whose.id, '신청 검토'],
    ]);
  });

  test('an auditor is asked, reads, is recorded with five items, and decides nothing', async () => {
    const { lee, kim, clock } = stage;
    const { id } = await application();
    const before = (await records()).length;
    await lee.press('검토', { in: card('이용신청 검토중') });
    const asked = await openedModal(lee);
    expect(asked).toContain('왜 보는지');
    expect(asked).not.toMatch(/10\.10\.1\.21|김보람|010-1234/);
    expect(await lee.submit()).toBe('errors');
    expect(Object.keys(lee.errors())).toEqual(['열람 사유']);
    await lee.fill('열람 사유', '기타');
    expect(await lee.submit()).toBe('errors');
    expect(Object.keys(lee.errors())).toEqual(['상세 사유']);
    expect(await records()).toHaveLength(before);
    await lee.fill('상세 사유', '2026년 정기감사');
    await next(lee);
    expect(await lee.modalText()).toContain('010-1234-5678');
    expect(await lee.modalText()).not.toContain('구성도 (1 KB)\n단추');
    await expect(lee.press('구성도 열기', { in: 'modal', wait: 200 })).rejects.toThrow('보이지 않습니다');
    expect((await records()).at(-1)).toMatchObject({
      reader: { id: (await personOf(lee)).id },
      at: clock.now(),
      place: 'slack:modal',
      whose: { id: (await personOf(kim)).id },
      label: '신청 내용 열람',
      reason: '기타: 2026년 정기감사',
      subject: `filing:${id}`,
    });
    await closeAll(lee);
    for (const label of ['승인', '보완요청', '반려'])
      await refused(lee, () => lee.press(label, { in: card('이용신청 검토중') }), '표준API 관리자만');
    await refused(lee, () => forgeClick(lee, 'filing.attachment.letter', `${id}:letter`), '표준API 관리자만');
    await refused(lee, () => forgeClick(lee, 'destruction.list'), '표준API 관리자만');
    await refused(lee, () => forgeClick(lee, 'destruction.begin'), '표준API 관리자만');
    await refused(lee, () => forgeClick(lee, 'roleChange.begin'), '표준API 관리자만');
  });

  test('a decided one asks the officer too, and the attachments carry what was said', async () => {
    const { officer, kim } = stage;
    await approveApplication(stage, kim);
    await stage.bot.idle();
    await officer.press('내용 보기', { in: card('이용신청 검토완료') });
    expect(await openedModal(officer)).toContain('왜 보는지');
    await officer.fill('열람 사유', '재발급·사후관리');
    await next(officer);
    expect(await officer.modalText()).toContain('10.10.1.21');
    await officer.press('구성도 열기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('열어 봄'));
    await officer.waitFor(async () => (await records()).at(-1)?.label === '첨부파일 내려받기');
    expect((await records()).slice(-2).map(({ label, reason }) => [label, reason])).toEqual([
      ['신청 내용 열람', '재발급·사후관리'],
      ['첨부파일 내려받기', '재발급·사후관리'],
    ]);
  });

  test('without a reason there is nothing: forged windows, attachments without a review', async () => {
    const { officer, officer2, kim } = stage;
    const { id } = await application();
    const forged = { callbackId: 'filing.reading', metadata: { filing: id } };
    const chosen = (value: string) => ({
      choice: { 'form.value': { type: 'radio_buttons', selected_option: { value } } },
    });
    await stage.bot.idle();
    const before = await contents(stage.store);
    expect(ackText(await forgeSubmit(officer, forged))).toContain('열람 사유를 고르십시오');
    expect(ackText(await forgeSubmit(officer, { ...forged, values: chosen('신청 검토') }))).toContain(
      '고르십시오',
    );
    expect(ackText(await forgeSubmit(kim, { ...forged, values: chosen('AUDIT') }))).toContain(
      '감사자만 볼 수',
    );
    expect(await contents(stage.store)).toEqual(before);
    await refused(
      officer2,
      () => forgeClick(officer2, 'filing.attachment.letter', `${id}:letter`),
      '열람 사유가 남아 있지 않습니다',
    );
    stage.clock.advance(25 * 60 * 60 * 1000); // yesterday's reading is no reason today
    await refused(
      officer,
      () => forgeClick(officer, 'filing.attachment.letter', `${id}:letter`),
      '열람 사유가 남아 있지 않습니다',
    );
  });
});

describe('the monthly report', () => {
  const FILE = /^접속기록-2026-11\.csv$/;

  test('an officer chooses the month and gets the file; that is recorded too', async () => {
    const { officer } = stage;
    const expected = (await records()).length + 1;
    const csv = await received(officer, FILE, async () => {
      await officer.openHome();
      await pressIn(officer, '관리 업무', '접속기록 보고서');
      await openedModal(officer);
      await next(officer);
    });
    expect((await records()).at(-1)).toMatchObject({ action: 'access.report', subject: 'month:2026-11' });
    expect(csv).toContain(`\r\n접속기록,${expected}건\r\n`);
    expect(csv).toContain('U0OFFICER01,최*리,');
    expect(csv).toContain('기타: 2026년 정기감사');
    expect(csv).not.toMatch(/김보람|010-1234-5678|kim@korea/);
  });

  test('an auditor’s home has both files and no deciding; the trail comes with names masked', async () => {
    const { lee, officer, kim } = stage;
    await lee.openHome();
    const home = await lee.homeText();
    expect(home).toContain('감사기록 내려받기');
    expect(home).not.toMatch(/권한 변경|파기 대상|이용신청서 작성|사용자 등록|내 정보/);
    const csv = await received(lee, /^감사기록-2026-11\.csv$/, async () => {
      await lee.press('감사기록 내려받기', { in: 'home' });
      await next(lee);
    });
    const rows = readCsv(csv.slice(1));
    expect(rows[0]?.cells).toMatchObject({ 번호: '1', '앞 행 해시': '' });
    expect(rows.map(({ cells }) => cells.행위)).toContain('filing.approve');
    expect(csv).not.toMatch(/김보람|010-1234-5678|kim@korea/);
    await closeAll(lee);
    await received(lee, FILE, async () => {
      await lee.press('접속기록 보고서', { in: 'home' });
      await next(lee);
    });
    await closeAll(lee);
    await refused(officer, () => forgeClick(officer, 'audit.export'), '감사자만');
    for (const what of ['access.report', 'audit.export'])
      await refused(kim, () => forgeClick(kim, what), '감사자만');
    const month = {
      month: { 'form.value': { type: 'static_select', selected_option: { value: '2026-11' } } },
    };
    for (const callbackId of ['access.report', 'audit.export'])
      expect(ackText(await forgeSubmit(kim, { callbackId, metadata: {}, values: month }))).toContain(
        '감사자만',
      );
  });

  test('on the first business day of a month the desk is told, once', async () => {
    const { store, clock, officer, kim } = stage;
    const ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
    const told = () =>
      store.db.reminded.findMany({ where: { notice: 'access.monthly' }, orderBy: { saidOn: 'asc' } });
    await sweep(ground, reminders, new Set());
    expect(await told()).toEqual([]); // October: the bot was not there
    const said: string[] = [];
    for (const day of ['2026-12-01', '2026-12-02', '2027-01-01', '2027-01-03', '2027-01-04', '2027-01-05']) {
      clock.set(`${day}T09:30:00+09:00`); // New Year's Day is a Friday, the 3rd a Sunday
      const { 'access.monthly': count } = await sweep(ground, reminders, new Set());
      if (count) said.push(day);
      if (day !== '2026-12-02') continue;
      await forgeClick(kim, 'person.view'); // acknowledged first, recorded after
      await kim.waitFor(async () => (await store.db.audit.count({ where: { at: clock.now() } })) > 0);
    }
    expect(said).toEqual(['2026-12-01', '2027-01-04']);
    expect((await told()).map(({ facts, recipient }) => ({ facts, recipient }))).toEqual([
      { facts: { month: '2026-11' }, recipient: 'desk' },
      { facts: { month: '2026-12' }, recipient: 'desk' },
    ]);
    const message = await officer.waitFor('2026년 11월 접속기록 보고서가 준비되었습니다');
    expect(message.channel).toBe(DESK_CHANNEL);
    const file = await received(officer, FILE, async () => {
      await officer.press('접속기록 보고서', { in: (one) => one.ts === message.ts });
      await openedModal(officer);
      await next(officer);
    });
    expect(file).toContain('대상 월,2026년 11월\r\n');
  });
});

describe('my data', () => {
  test('is shown with what was agreed to, and comes as a file; both are recorded', async () => {
    const { kim } = stage;
    await kim.openHome();
    await pressIn(kim, '전체 업무', '내 정보');
    const shown = await openedModal(kim);
    for (const word of [
      '김보람',
      '010-1234-5678',
      '개인정보 수집 및 이용에 대한 동의',
      '표준API 이용 약관 동의',
      '같은 조 제2항',
    ])
      expect(shown).toContain(word);
    const json = await received(kim, /^내정보\.json$/, () => kim.press('JSON 파일로 받기', { in: 'modal' }));
    const held = JSON.parse(json);
    expect(held.등록정보).toMatchObject({ 이름: '김보람', 휴대전화번호: '010-1234-5678' });
    expect(held.동의.map((one: { 종류: string }) => one.종류)).toEqual([
      '개인정보 수집 및 이용에 대한 동의',
      '표준API 이용 약관 동의',
      '개인정보 수집 및 이용에 대한 동의',
    ]);
    expect(held.처리기록.map((one: { 사유: string }) => one.사유)).toContain('기타: 2026년 정기감사');
    expect(json).not.toMatch(/최관리|이정훈|U0LEE|U0OFFICER|최\*리/);
    const { id } = await personOf(kim);
    expect((await records()).slice(-2)).toMatchObject([
      { action: 'person.view', reader: { id }, whose: { id }, reason: '본인 조회' },
      { action: 'person.export', reader: { id }, whose: { id } },
    ]);
    await closeAll(kim);
  });
});

describe('destruction', () => {
  const LAST_DAY = '2037-12-31T23:59:00+09:00';
  const FIRST_DAY = '2038-01-01T00:00:00+09:00';
  let letter = '';

  beforeAll(async () => {
    const { store, kim, officer, clock } = stage;
    clock.set('2027-01-05T10:00:00+09:00');
    await closeAll(kim);
    await kim.openHome();
    await kim.press('적용결과표 제출', { in: 'home' });
    await report(kim);
    await officer.press('승인', { in: card('적용결과표 검토중') });
    await kim.waitFor('REG-2027-000001');
    const revision = await store.db.revision.findFirstOrThrow({
      where: { filing: { procedure: 'application' } },
    });
    letter = (revision.answers as unknown as { letter: { sha256: string }[] }).letter[0]?.sha256 ?? '';
    await stage.bot.idle(); // a home that is still drawn would find the account open, and say so
    await store.db.system.updateMany({ data: { retiredAt: new Date('2027-12-31T23:59:59+09:00') } });
    await store.db.person.updateMany({
      where: { slackId: kim.userId },
      data: { deactivatedAt: new Date('2027-06-30T18:00:00+09:00') },
    });
  });

  /** Fills in the form that the officer's home opens. */
  async function file(officer: Person): Promise<string> {
    await officer.openHome();
    await pressIn(officer, '관리 업무', '파기 대상 확인');
    await officer.press('파기 신청서 작성', { in: 'modal' });
    await officer.fill('파기 결정 문서', '디지털인증부-12 (2038. 1. 1.)');
    await officer.fill('확인', ['파기하면 되살릴 수 없음을 확인했습니다.']);
    await next(officer);
    await next(officer);
    await closeAll(officer);
    await stage.bot.idle();
    const { id } = await stage.store.db.filing.findFirstOrThrow({ where: { procedure: 'destruction' } });
    return id;
  }

  test('on the last day of the tenth year nothing is due, and nothing can be filed', async () => {
    const { officer } = stage;
    stage.clock.set(LAST_DAY);
    await officer.openHome();
    await pressIn(officer, '관리 업무', '파기 대상 확인');
    expect(await openedModal(officer)).toContain('보존기간이 지난 신청 0건');
    await closeAll(officer);
    await refused(officer, () => forgeClick(officer, 'destruction.begin'), '보존기간이 지난 신청이 없습니다');
  });

  test('a minute later all three are listed; the list takes no other case', async () => {
    const { officer, store } = stage;
    stage.clock.set(FIRST_DAY);
    await officer.openHome();
    await pressIn(officer, '관리 업무', '파기 대상 확인');
    const listed = await openedModal(officer);
    expect(listed).toContain('보존기간이 지난 신청 3건');
    expect(listed).toContain('만료 2038. 1. 1.');
    expect(listed).not.toMatch(/김보람|010-/);
    await officer.press('파기 신청서 작성', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('파기 결정 문서'));
    await officer.fill('파기할 신청의 접수번호', '2026-000001\n2026-999999');
    await officer.fill('파기 결정 문서', '디지털인증부-12');
    await officer.fill('확인', ['파기하면 되살릴 수 없음을 확인했습니다.']);
    await next(officer);
    expect(await officer.submit()).toBe('pushed');
    expect(await officer.modalText()).toContain('파기 대상이 아닌 신청이 있습니다: 2026-999999');
    await closeAll(officer);
    await store.db.draft.deleteMany({ where: { procedure: 'destruction' } });
    expect(await store.db.destruction.count()).toBe(0);
  });

  test('two officers: one’s own approval is refused; the other’s destroys for good', async () => {
    const { officer, officer2, kim, store } = stage;
    const { id: personId } = await personOf(kim);
    const filingId = await file(officer);
    expect(await everywhere('김보람')).not.toEqual([]);
    await refused(
      officer,
      () => officer.press('승인', { in: card('개인정보 파기 검토중') }),
      '본인이 제출한 신청은 본인이 처리할 수 없습니다',
    );
    await officer2.press('검토', { in: card('개인정보 파기 검토중') });
    const review = await openedModal(officer2);
    expect(review).toContain('3건 모두 보존기간이 지난 신청입니다');
    expect(review).not.toMatch(/김보람|010-/);
    await closeAll(officer2);
    await approveForGood(officer2, '개인정보 파기 검토중');
    await officer.waitFor('파기대장에 적었습니다');
    await stage.bot.idle();

    for (const trace of ['김보람', '010-1234-5678', '044-205-1234', 'kim@korea.kr', kim.userId])
      expect([trace, await everywhere(trace)]).toEqual([trace, []]);
    expect(await store.db.blob.count({ where: { sha256: letter } })).toBe(0);
    expect(await store.db.blobPiece.count({ where: { sha256: letter } })).toBe(0);
    expect(await store.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({
      slackId: null,
      name: null,
      agencyCode: '1741000',
    });
    for (const table of [store.db.consent, store.db.certificate] as {
      count(where: object): Promise<number>;
    }[])
      expect(await table.count({ where: { personId } })).toBe(0);

    const { applicantId } = await store.db.filing.findUniqueOrThrow({ where: { id: filingId } });
    const approver = await personOf(officer2);
    const book = await store.db.destruction.findMany({ orderBy: { subject: 'asc' } });
    expect(book.map(({ subject }) => subject)).toEqual(['2026-000001', '2026-000002', '2027-000001']);
    for (const row of book)
      expect(row).toMatchObject({
        basis: '전자정부법 시행령 제33조, 공공기록물 관리에 관한 법률 시행령 제26조제3항',
        proposedBy: applicantId,
        approvedBy: approver.id,
        destroyedAt: stage.clock.now(),
      });
    expect(book[1]?.description).toMatch(
      /^이용신청서: 답변 \d+개\(첨부파일 3개 포함\) 삭제, 종료 2027\. 12\. 31\./,
    );
  });

  test('what was not personal stays: cases, licences, their files, the trail', async () => {
    const { store } = stage;
    const filing = await application();
    const { answers } = await store.db.revision.findFirstOrThrow({ where: { filingId: filing.id } });
    expect(answers).toMatchObject({ systemName: '행정안전부 민원관리시스템', os: 'LINUX' });
    expect(Object.keys(answers as object)).not.toContain('mobile');
    for (const licence of await store.db.licence.findMany({ include: { blob: true } }))
      expect(licence.blob.size).toBeGreaterThan(0);
    expect(await store.db.moduleRelease.count()).toBe(3);
    expect(await store.db.audit.count({ where: { action: 'filing.destroy' } })).toBe(3);
    expect(await store.db.audit.count({ where: { action: 'person.destroy' } })).toBe(1);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('the case’s card opens to say so; there is nothing more to destroy', async () => {
    const { officer } = stage;
    const { id } = await application();
    await forgeClick(officer, 'filing.review', id);
    await officer.fill('열람 사유', '민원·문의 대응');
    await next(officer);
    expect(await officer.modalText()).toContain(
      '보존기간이 지나 2038. 1. 1. 개인정보와 첨부파일을 파기한 신청입니다',
    );
    await closeAll(officer);
    await officer.openHome();
    await pressIn(officer, '관리 업무', '파기 대상 확인');
    expect(await openedModal(officer)).toContain('보존기간이 지난 신청 0건');
  });

  /** Tables of the database in which a text stands. */
  async function everywhere(text: string): Promise<string[]> {
    const { db } = stage.store;
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations' ORDER BY 1`;
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await db.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM "${name}" t WHERE strpos(t::text, $1) > 0`,
        text,
      );
      if (row?.n) found.push(name);
    }
    return found;
  }
});
