import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registrationForm } from '../../src/procedures/registration/form.ts';
import { openAgencyDirectory } from '../../src/records/people/agency-directory.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { apply, approveApplication, becomeUser, closeAll, next, openedModal, pressIn } from './acts.ts';
import { ackText, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** The officers' desk: what they find, count and take out, and who may not. */
let stage: Stage;
const SYSTEM = '행정안전부 민원관리시스템';

beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim, { overview: { 이용기관: '행정안전부와 소속기관' } });
  await approveApplication(stage, stage.kim);
  stage.clock.advance(60_000);
});
afterAll(() => stage?.close());

/** What the command answers. */
async function found(words: string): Promise<string> {
  const { officer } = stage;
  const before = (await officer.dm()).length;
  await officer.command(`/bogeup 찾기 ${words}`);
  const answer = await officer.waitFor(async () => (await officer.dm()).slice(before)[0]);
  return JSON.stringify(answer);
}

/** The files of the next message. */
async function received(
  person: Person,
  act: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer }[]> {
  const before = (await person.dm()).length;
  await act();
  const message = await person.waitFor(
    async () => (await person.dm()).slice(before).find((one) => one.files),
    30_000,
  );
  const files = message.files as { id: string; name: string }[];
  return Promise.all(files.map(async ({ id, name }) => ({ name, bytes: await person.download(id) })));
}

const personId = async (person: Person) =>
  (await stage.store.db.person.findUniqueOrThrow({ where: { slackId: person.userId } })).id;

describe('찾기', () => {
  test('by name, agency, address, CN, receipt, licence and letter number', async () => {
    const { db } = stage.store;
    const filing = await db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    const licence = await db.licence.findFirstOrThrow();
    for (const words of ['민원관리', '행정안전부 민원', '10.10.1.21', 'svr1741000001', licence.number]) {
      expect(await found(words), words).toMatch(new RegExp(`${SYSTEM}.*시스템 상세`));
    }
    for (const words of [filing.number, '디지털안전정책과-1234']) {
      expect(await found(words), words).toContain(filing.number);
    }
    const person = await found('김보람');
    expect(person).toContain('김*람');
    expect(await found('1741000')).toContain('시스템 1건');
    expect(await found('10.10.1.2')).toContain('찾지 못했습니다');
    expect(await found('%')).toContain('찾지 못했습니다');
    const all = [person, await found('민원')].join('');
    expect(all).not.toMatch(/10\.10\.|010-1234|kim@/);
  });

  test('by what agencies are called every day, and by initial consonants', async () => {
    for (const words of ['행안부 민원', 'ㅎㅇㅂ 민원', '행안부 ㅁㅇㄱㄹ', 'ㅎㅈㅇㅈㅂ']) {
      expect(await found(words), words).toMatch(new RegExp(`${SYSTEM}.*시스템 상세`));
    }
    await stage.store.db.agency.createMany({
      data: [
        { code: 'B410002', name: '한국전력공사', kind: 'PUBLIC' as const },
        { code: '6410000', name: '경기도', kind: 'ADMINISTRATIVE' as const },
        { code: '3220000', name: '서울특별시 강남구', kind: 'ADMINISTRATIVE' as const },
      ],
      skipDuplicates: true,
    });
    for (const [words, name] of [
      ['한전', '한국전력공사'],
      ['경기도청', '경기도'],
      ['강남구청', '서울특별시 강남구'],
      ['ㅅㅇㅌㅂㅅㄱㄴㄱ', '서울특별시 강남구'],
    ] as const) {
      expect(await found(words), words).toContain(name);
    }
    const nothing = await found('없는기관이름');
    expect(nothing).toContain('약칭(행안부), 초성(ㅎㅇㅂ)');
    expect(nothing).toContain('등록을 요청하십시오');
  });

  test('where an agency is chosen, nothing found says what to try and whom to ask', async () => {
    const directory = await openAgencyDirectory(stage.store.db, () => stage.clock.now());
    expect((await directory.search('행안부'))[0]).toEqual({ text: '행정안전부 (1741000)', value: '1741000' });
    expect(await directory.search('')).toEqual([]);
    const [nothing, ...more] = await directory.search('없는기관이름');
    expect(nothing?.text).toMatch(/^찾은 기관이 없습니다\. 정식 이름 일부, 약칭, 초성이나 기관코드/);
    expect(more).toEqual([]);
    const chosen = registrationForm.fields.agency.schema.safeParse(nothing?.value);
    expect(chosen.error?.issues[0]?.message).toContain('‘Q&A 문의’로 기관명과 기관코드를');
  });

  test('a look at a system and at a person is on record; they take each other’s place', async () => {
    const { officer, store } = stage;
    await officer.openHome();
    await officer.press('찾기', { in: 'home' });
    await officer.fill('찾을 말', '민원관리');
    await next(officer);
    expect(await officer.modalText()).toContain(SYSTEM);
    await officer.press('시스템 상세', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('라이선스 이력'));
    const system = await officer.modalText();
    for (const part of ['10.10.1.21', 'TEMP-2026-000001', '김*람', '010-1234-****', '이용신청']) {
      expect(system).toContain(part);
    }
    expect(system).toMatch(/소속기관\s+행정안전부 \(1741000\)\s+이용기관\s+행정안전부와 소속기관/); // guide 2-2 ②
    expect(system).not.toMatch(/김보람|010-1234-5678/);
    const before = await officer.modal();
    await officer.press('담당자 보기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('담당하는 시스템 1건'));
    expect((await officer.modal())?.id).toBe(before?.id);
    expect(await officer.modalText()).not.toMatch(/김보람|010-1234-5678|kim@/);
    await closeAll(officer);
    const looks = await store.db.audit.findMany({
      where: { action: { in: ['desk.system', 'desk.person'] } },
      orderBy: { seq: 'asc' },
    });
    const [by, of] = [await personId(officer), await personId(stage.kim)];
    expect(looks).toMatchObject([
      { action: 'desk.system', actor: by, person: of },
      { action: 'desk.person', actor: by, person: of },
    ]);
  });

  test('is for officers: others and auditors are refused, and nothing is looked at', async () => {
    const { kim, lee, store } = stage;
    await lee.openHome();
    const role = { role: 'AUDITOR' as const, grantedBy: 'test', grantedAt: stage.clock.now() };
    await store.db.grant.create({ data: { ...role, personId: await personId(lee) } });
    const { id } = await store.db.system.findFirstOrThrow();
    const before = await store.db.audit.count();
    for (const person of [kim, lee]) {
      await person.command('/bogeup 찾기 민원관리');
      expect(await openedModal(person)).toContain('표준API 관리자만');
      await closeAll(person);
      for (const [action, value] of [
        ['desk.search', ''],
        ['desk.system', id],
        ['desk.person', await personId(kim)],
        ['desk.agency', '1741000'],
        ['desk.export', ''],
        ['home.deskWork', ''],
      ] as const) {
        await forgeClick(person, action, value);
        expect(await openedModal(person), action).toContain('표준API 관리자만');
        await closeAll(person);
      }
      const values = { words: { 'form.value': { type: 'plain_text_input', value: '민원' } } };
      const ack = await forgeSubmit(person, { callbackId: 'desk.search', metadata: {}, values });
      expect(ackText(ack)).toContain('표준API 관리자만');
    }
    expect(await store.db.audit.count()).toBe(before);
  });
});

describe('통계', () => {
  test('numbers of the year, as text, pictures and tables', async () => {
    const { officer } = stage;
    await officer.openHome();
    await officer.press('통계', { in: 'home' });
    const text = await openedModal(officer);
    expect(text).toContain('2026. 1. 1. ~ 2026. 11. 23.');
    expect(text).toMatch(/이용신청\s+1건/);
    expect(text).toMatch(/이용신청\s+1건\s+당일\s+당일/);
    const pictures = await received(officer, () => officer.press('도표', { in: 'modal' }));
    expect(pictures).toHaveLength(3);
    for (const { name, bytes } of pictures) {
      expect(name).toMatch(/\.png$/);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    }
    await officer.close();
    const files = await received(officer, () => officer.press('내려받기', { in: 'modal' }));
    expect(files.map(({ name }) => name)).toEqual([
      '통계-2026-01-01-2026-11-23.xlsx',
      '통계-2026-01-01-2026-11-23.csv',
    ]);
    expect(files[1]?.bytes.toString()).toContain('업무별 접수,이용신청,1');
    await closeAll(officer);
  });

  test('an auditor reads it, an official does not', async () => {
    const { kim, lee } = stage;
    await lee.openHome();
    await lee.press('통계', { in: 'home' });
    expect(await openedModal(lee)).toContain('처리 기간');
    await closeAll(lee);
    for (const action of ['desk.statistics', 'statistics.charts', 'statistics.files']) {
      await forgeClick(kim, action, 'thisYear');
      expect(await openedModal(kim), action).toContain('관리자와 감사자만');
      await closeAll(kim);
    }
  });
});

describe('목록 내려받기', () => {
  test('masked without a reason; whole only with one, which is on record', async () => {
    const { officer, store } = stage;
    await officer.openHome();
    await pressIn(officer, '관리 업무', '목록 내려받기');
    await officer.fill('목록', '사람');
    const masked = await received(officer, () => next(officer));
    const csv = masked.find(({ name }) => name.endsWith('.csv'))?.bytes.toString() ?? '';
    expect(csv).toContain('김*람');
    expect(csv).not.toMatch(/김보람|010-1234-5678|kim@korea/);
    await closeAll(officer);

    await pressIn(officer, '관리 업무', '목록 내려받기');
    await officer.fill('목록', '사람');
    await officer.fill('개인정보', '가리지 않고 받기 (사유 필요)');
    expect(await officer.submit()).toBe('errors');
    await officer.fill('사유', '기관별 연락망 현행화');
    const whole = await received(officer, () => next(officer));
    expect(whole.map(({ name }) => name)).toEqual(['사람-2026-11-23.xlsx', '사람-2026-11-23.csv']);
    expect(whole[1]?.bytes.toString()).toContain('김보람');
    await closeAll(officer);
    const rows = await store.db.audit.findMany({
      where: { action: { startsWith: 'desk.export' } },
      orderBy: { seq: 'asc' },
    });
    expect(rows.map(({ action, data }) => [action, (data as { reason?: string }).reason])).toEqual([
      ['desk.export', undefined],
      ['desk.exportWhole', '기관별 연락망 현행화'],
    ]);
  });

  test.each(['신청 전체', '시스템', '라이선스', '검토 대기'])('%s', async (list) => {
    const { officer } = stage;
    await pressIn(officer, '관리 업무', '목록 내려받기');
    await officer.fill('목록', list);
    const files = await received(officer, () => next(officer));
    const csv = files[1]?.bytes.toString() ?? '';
    expect(csv.includes(SYSTEM)).toBe(list !== '검토 대기');
    expect(csv).not.toContain('김보람');
    await closeAll(officer);
  });

  test('what was ordered by somebody who is no officer any more is not made', async () => {
    const { officer2, store, clock, bot } = stage;
    await officer2.openHome();
    await stage.restartBot(async () => {
      const id = await personId(officer2);
      await store.db.grant.updateMany({ where: { personId: id }, data: { endedAt: clock.now() } });
      const facts = { personId: id, list: 'people', whole: 1, at: clock.now().toISOString() };
      const row = { key: 'test', notice: 'desk.export', recipient: id, facts, dueAt: clock.now() };
      await store.db.outbox.create({ data: { ...row, createdAt: clock.now() } });
    });
    expect(bot).not.toBe(stage.bot);
    await officer2.waitFor(
      async () => (await store.db.outbox.findUniqueOrThrow({ where: { key: 'test' } })).state !== 'PENDING',
    );
    await stage.bot.idle();
    expect((await officer2.dm()).some(({ files }) => files)).toBe(false);
  });
});
