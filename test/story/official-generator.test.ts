import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validity } from '../../src/records/licences/delivery.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { apply, becomeUser, card, closeAll, next, openedModal, report } from './acts.ts';
import { forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 공식 발급기 파일을 올려 승인: the file of the official generator goes out instead of the bot's own. */
let stage: Stage;
const official = Buffer.from('MIIB official generator, format unknown\n');
const other = Buffer.from('MIIC another official file\n');

beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim);
  await stage.officer.waitFor('이용신청 · 검토중');
});
afterAll(() => stage?.close());

async function ask(text: string): Promise<void> {
  const { officer } = stage;
  await officer.press('검토', { in: card(text) });
  await openedModal(officer);
  await officer.press('공식 발급기 파일을 올려 승인', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('이 파일로 승인'));
}

test('an empty file and a day that is over are refused at their fields, and nothing is issued', async () => {
  const { officer, store } = stage;
  await ask('이용신청 검토중');
  await officer.fill('라이선스 파일', { name: 'gpkiapi.lic', bytes: Buffer.alloc(0) });
  await next(officer, 'errors');
  expect(officer.errors()['라이선스 파일']).toContain('빈 파일입니다.');
  await officer.fill('라이선스 파일', { name: 'gpkiapi.lic', bytes: official });
  await officer.fill('유효기간의 마지막 날', '2026-01-01');
  await next(officer, 'errors');
  expect(Object.keys(officer.errors())).toEqual(['유효기간의 마지막 날']);
  expect(await store.db.licence.count()).toBe(0);
});

test('the file is delivered as it is, recorded by its digest and shown as the official one', async () => {
  const { kim, officer, store } = stage;
  await officer.fill('유효기간의 마지막 날', '2026-12-31');
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('임시라이선스를 보내 드립니다');
  const message = (await kim.dm()).filter((one) => one.files).at(-1);
  expect(message ? messageText(message) : '').toContain('공식 발급기 파일');
  const [file] = (message?.files ?? []) as { id: string }[];
  expect(await kim.download(file ?? '')).toEqual(official);
  expect(await store.db.licence.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
    {
      madeBy: 'OFFICIAL',
      expiresOn: '2026-12-31',
      sha256: createHash('sha256').update(official).digest('hex'),
    },
  ]);
  await kim.say('dm', '', [{ name: 'gpkiapi.lic', bytes: official }]);
  await kim.waitFor('승인할 때 기록한 파일과 같습니다');
});

test('a file that was issued before, is refused; another one is issued', async () => {
  const { kim, officer, store } = stage;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim);
  await officer.waitFor('적용결과표 · 검토중');
  await ask('적용결과표 검토중');
  await officer.fill('라이선스 파일', { name: 'gpkiapi.lic', bytes: official });
  await next(officer, 'pushed');
  expect(await openedModal(officer)).toContain('이미 발급한 라이선스 파일입니다.');
  expect(await store.db.licence.count()).toBe(1);
  await officer.close();
  await officer.fill('라이선스 파일', { name: 'gpkiapi.lic', bytes: other });
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('REG-2026-000001');
  const message = (await kim.dm()).filter((one) => one.files).at(-1);
  expect(message ? messageText(message) : '').toMatch(/유효기간\s+파일에 정해진 대로 \(확인 필요\)/);
  await kim.openHome();
  expect(await kim.homeText()).not.toContain('만료일 없음');
  expect(validity({ kind: 'REGULAR', madeBy: 'OFFICIAL', expiresOn: '2027-12-31' })).toBe(
    '2027. 12. 31.까지',
  );
  expect(await store.db.licence.count({ where: { madeBy: 'OFFICIAL', supersededAt: null } })).toBe(1);
});

test('who is no officer cannot open it', async () => {
  const { kim, store } = stage;
  const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  await kim.openHome();
  await kim.raw('interactive', {
    type: 'block_actions',
    trigger_id: 'x',
    actions: [
      { type: 'button', block_id: 'b', action_id: 'filing.approveOfficial', value: `${filing.id}:1` },
    ],
  });
  await kim.waitFor('‘승인’ 처리는 표준API 관리자만 할 수 있습니다');
});

describe('where the official generator is the only source', () => {
  let only: Stage;
  beforeAll(async () => {
    only = await setStage({ licenceSource: 'official' });
    await becomeUser(only, only.kim, '김보람');
    await apply(only.kim);
    await only.officer.waitFor('이용신청 · 검토중');
  });
  afterAll(() => only?.close());
  const approved = () =>
    only.store.db.filing.count({ where: { procedure: 'application', state: 'APPROVED' } });

  test('승인 on the card asks for the file first, and says what it does', async () => {
    const { officer } = only;
    await officer.press('승인', { in: card('이용신청 검토중') });
    const text = await openedModal(officer);
    expect(text).toContain('승인하면: 공식 발급기 파일을 임시라이선스로 보냅니다.');
    expect(text.indexOf('라이선스 파일')).toBeLessThan(text.indexOf('승인하면'));
    await closeAll(officer);
    expect(await approved()).toBe(0);
  });

  test('a forged approval without a file, and a file without its last day, approve nothing', async () => {
    const { officer, store } = only;
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    await forgeSubmit(officer, {
      callbackId: 'filing.irreversible',
      metadata: { filing: `${filing.id}:1` },
      values: { sure: { 'form.value': { type: 'checkboxes', selected_options: [{ value: 'yes' }] } } },
    });
    expect(await approved()).toBe(0);
    await officer.press('검토', { in: card('이용신청 검토중') });
    await openedModal(officer);
    expect(await officer.modalText()).not.toContain('공식 발급기 파일을 올려 승인');
    await officer.press('승인', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('이 파일로 승인'));
    await officer.fill('라이선스 파일', { name: 'gpkiapi.lic', bytes: official });
    await next(officer, 'errors');
    expect(Object.keys(officer.errors())).toEqual(['유효기간의 마지막 날']);
    expect(await approved()).toBe(0);
  });

  test('with both it is approved, and the officer reads what comes next', async () => {
    const { officer, kim, store } = only;
    await officer.fill('유효기간의 마지막 날', '2026-12-31');
    await next(officer);
    expect(await officer.modalText()).toContain('기다리는 신청이 더 없습니다');
    await closeAll(officer);
    await kim.waitFor('임시라이선스를 보내 드립니다');
    expect(await store.db.licence.findMany()).toMatchObject([
      { madeBy: 'OFFICIAL', expiresOn: '2026-12-31' },
    ]);
  });
});
