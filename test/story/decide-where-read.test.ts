import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageText } from '../../src/sandbox/visible-text.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  next,
  openedModal,
  pressOfSystem,
  register,
  report,
} from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** An officer reads, decides in the same window and goes on to the next filing. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const { kim, officer } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim, { overview: { 시스템명: '민원관리시스템' } });
  await apply(kim, { overview: { 시스템명: '행정안전부 둘째' } });
  await officer.waitFor('행정안전부 둘째');
  await stage.bot.idle();
});
afterAll(() => stage?.close());

async function shows(text: string): Promise<string> {
  const { officer } = stage;
  await officer
    .waitFor(async () => (await officer.modalText()).includes(text))
    .catch(async () => expect(await officer.modalText()).toContain(text));
  return officer.modalText();
}
interface Drawn {
  action_id?: string;
  confirm?: { text: { text: string } };
}
/** The confirmation of the button 승인, as it stands on the newest card that shows this. */
async function confirmation(of: string): Promise<string> {
  const all = await stage.officer.messages(DESK_CHANNEL);
  const message = all.findLast((one) => one.text.includes(of));
  const { blocks = [] } = message as { blocks?: { elements?: Drawn[] }[] };
  const buttons = blocks.flatMap(({ elements }) => elements ?? []);
  return buttons.find(({ action_id }) => action_id === 'filing.approve')?.confirm?.text.text ?? '';
}

describe('what is pointed out', () => {
  test('is counted on the card and on the queue alike', async () => {
    const { officer } = stage;
    const messages = await officer.messages(DESK_CHANNEL);
    const [, counted] =
      /자동 점검: (.+)/.exec(messageText(messages.find((one) => one.text.includes('민원관리')) ?? {})) ?? [];
    expect(counted).toMatch(/^⚠ \d+$/);
    await officer.openHome();
    await officer.waitFor(async () => (await officer.homeText()).includes('검토 대기 2건'));
    expect(await officer.homeText()).toContain(`2026-000002 · ${counted} · 제출`);
  });

  test('is listed where one approves, below what the approval does and to whom', async () => {
    const text = await confirmation('민원관리시스템');
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).toMatch(/^민원관리시스템\n임시라이선스에 서명하여 보냅니다. 받는 사람: 김\*람 님/);
    expect(text).toContain('⚠ 시스템명이 기관명(행정안전부)으로 시작하지 않습니다.');
  });
});

describe('the review', () => {
  test('begins with the system, its agency and the applicant', async () => {
    const { officer } = stage;
    await officer.press('검토', { in: 'home' });
    const text = await openedModal(officer);
    const order = ['민원관리시스템', '행정안전부', '디지털안전정책과 김보람', '자동 점검'].map((part) =>
      text.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThanOrEqual(0);
  });

  test('보완요청 shows the present answer beside its remark, and leads back', async () => {
    const { officer } = stage;
    await officer.press('보완요청', { in: 'modal' });
    await shows('고칠 항목');
    await officer.fill('고칠 항목', ['IP 주소']);
    expect(await shows('제출한 내용')).toContain('10.10.1.21, 10.10.1.22');
    await officer.press('검토로 돌아가기', { in: 'modal' });
    await shows('자동 점검');
  });

  test('approves, and the next filing is one click away', async () => {
    const { officer, store, kim } = stage;
    await officer.press('승인', { in: 'modal' });
    const text = await shows('승인 처리했습니다');
    expect(text).toContain('남은 신청 1건');
    expect(text).toContain('다음: 이용신청 · 행정안전부 둘째');
    await kim.waitFor('임시라이선스를 보내 드립니다');
    await officer.waitFor(async () => (await officer.homeText()).includes('검토 대기 1건')); // behind the window
    await officer.press('다음 건', { in: 'modal' });
    expect(await shows('자동 점검')).toContain('행정안전부 둘째');
    const read = await store.db.audit.findMany({
      where: { action: 'filing.review' },
      orderBy: { seq: 'asc' },
    });
    expect(new Set(read.map(({ subject }) => subject)).size).toBe(2);
  });

  test('a colleague who was faster is named in the window, which leads back to the filing', async () => {
    const { officer, officer2 } = stage;
    await officer2.press('반려', { in: card('행정안전부 둘째') });
    await officer2.fill('반려 사유', '이미 보급된 시스템입니다.');
    await next(officer2);
    await closeAll(officer2);
    await officer.press('승인', { in: 'modal' });
    expect(await shows('먼저 처리했습니다')).toContain('정*인');
    await officer.press('검토로 돌아가기', { in: 'modal' });
    await shows('열람 사유'); // it waits no more
    await closeAll(officer);
  });

  test('from a card, who has not read sees no address and no name in full', async () => {
    const { officer2, kim } = stage;
    await apply(kim, { overview: { 시스템명: '행정안전부 셋째' } });
    await officer2.press('보완요청', { in: card('행정안전부 셋째') });
    await openedModal(officer2);
    await officer2.fill('고칠 항목', ['IP 주소', '이름(성명)']);
    await officer2.waitFor(async () => (await officer2.modalText()).includes('이름(성명) (제출한 내용)'));
    const text = await officer2.modalText();
    expect(text).toContain('‘검토’를 연 뒤에 보입니다.');
    expect(text).not.toContain('10.10.1.21');
    expect(text).not.toContain('김보람');
    await closeAll(officer2);
  });
});

test('a confirmation names who is registered, who has no name on record yet', async () => {
  const { officer, lee, bot } = stage;
  await register(lee, '이정훈');
  await bot.idle();
  expect(await confirmation('사용자 등록 검토중')).toContain('등록되는 사람: 이*훈 님');
  await officer.press('검토', { in: card('사용자 등록 검토중') });
  expect(await openedModal(officer)).toMatch(
    /^사용자 등록 검토\s+기관\s+행정안전부\s+신청자\s+디지털안전정책과 이정훈/,
  );
  await closeAll(officer);
});

describe('what nothing brings back', () => {
  test('is red, says what ends, names the system and wants a tick', async () => {
    const { kim, officer } = stage;
    await kim.openHome();
    await kim.press('상세', { in: 'home' });
    await openedModal(kim);
    await pressOfSystem(kim, '미사용 신고');
    await kim.waitFor(async () => (await kim.modalText()).includes('미사용 사유'));
    expect(await kim.modalText()).toContain('민원관리시스템 · 행정안전부 · 담당 김*람');
    await kim.fill('미사용 사유', '시스템 폐기');
    await kim.fill('사용을 마친 날', '2026-11-20');
    await kim.fill('확인', [
      '승인되면 라이선스가 모두 폐지되고 되살릴 수 없음을 확인했습니다.',
      '서버에서 표준API 모듈과 라이선스 파일을 삭제하겠습니다.',
    ]);
    await next(kim);
    await next(kim);
    await closeAll(kim);
    await officer.press('승인', { in: card('미사용 신고 검토중') });
    const text = await openedModal(officer);
    for (const part of [
      '되돌릴 수 없는 승인',
      '민원관리시스템',
      '폐지되는 라이선스: 임시라이선스 TEMP-2026-000001',
      '시스템이 미사용으로 바뀌고, 되돌릴 수 없습니다.',
    ])
      expect(text.split(part)).toHaveLength(2); // said once
    expect(await officer.submit()).toBe('errors');
    await officer.fill('확인', ['위 내용을 확인했으며, 되돌릴 수 없음을 알고 승인합니다.']);
    await next(officer);
    await shows('승인 처리했습니다');
    await closeAll(officer);
    await kim.waitFor('미사용 처리를 마쳤습니다');
  });
});

test('a report is approved where it is read, out of the search too', async () => {
  const { kim, officer } = stage;
  await apply(kim, { overview: { 시스템명: '행정안전부 넷째' } });
  await officer.waitFor('행정안전부 넷째');
  await approveApplication(stage, kim);
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home', nth: 1 });
  stage.clock.advance(60_000); // the newest stands first
  await report(kim);
  await officer.waitFor('적용결과표 · 검토중');
  await officer.openHome();
  await officer.press('찾기', { in: 'home' });
  await officer.fill('찾을 말', '넷째');
  await next(officer);
  await officer.press('시스템 상세', { in: 'modal' });
  await shows('라이선스 이력');
  await officer.press('검토', { in: 'modal' });
  await shows('정상라이선스에 서명하여 보냅니다.');
  await officer.press('승인', { in: 'modal' });
  await shows('승인 처리했습니다');
});
