import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roleChange } from '../../src/procedures/role-change/role-change.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { card, closeAll, fillAll, fillRegistration, next, openedModal, pressIn, register } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Who may decide is decided by two officers, kept for three years, and good from the next click on. */
let stage: Stage;
let people: Person[];

beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001', 'U0PARK00001', 'U0KIM000001'] });
  const { kim, lee, park, officer, officer2 } = stage;
  people = [kim, lee, park, officer, officer2];
  await register(kim, '김보람');
  await stage.bot.idle();
});
beforeEach(async () => {
  for (const person of people) await closeAll(person);
  await stage.store.db.draft.deleteMany(); // a form that a test left open would be resumed
});
afterAll(() => stage?.close());

type Change = '권한 부여' | '권한 해지';
type RoleLabel = '표준API 관리자' | '감사자';

/** Files a change of somebody's role and gives the filing. */
async function fileChange(by: Person, change: Change, role: RoleLabel, whom: string) {
  stage.clock.advance(60_000);
  await by.openHome();
  await pressIn(by, '관리 업무', '관리자 권한 변경');
  await fillAll(by, { 구분: change, 권한: role, 대상자: whom, 사유: '인사이동' });
  await next(by);
  await next(by);
  await closeAll(by);
  await stage.bot.idle();
  return stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'roleChange' },
    orderBy: { submittedAt: 'desc' },
  });
}

/** The card of this filing, not that of an earlier one. */
const cardOf = (filing: { number: string }) => card(filing.number);

async function change(by: Person, agreedBy: Person, ...what: [Change, RoleLabel, string]) {
  const filing = await fileChange(by, ...what);
  await agreedBy.press('승인', { in: cardOf(filing) });
  await agreedBy.waitFor(async () => (await state(filing.id)) === 'APPROVED'); // acknowledged first, done after
  await stage.bot.idle();
  return filing;
}

const state = async (id: string) => (await stage.store.db.filing.findUniqueOrThrow({ where: { id } })).state;
const personOf = ({ userId }: Person) =>
  stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } });
const grantsOf = async (person: Person) =>
  stage.store.db.grant.findMany({
    where: { personId: (await personOf(person)).id },
    orderBy: { grantedAt: 'asc' },
  });
const waiting = () =>
  stage.store.db.filing.findFirstOrThrow({ where: { procedure: 'registration', state: 'SUBMITTED' } });

/** The act is answered with these words and changes nothing, but for readings that are recorded. */
async function refused(person: Person, act: () => Promise<unknown>, text: string | RegExp): Promise<void> {
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  const shown = await openedModal(person);
  expect(shown).toContain('처리하지 않았습니다');
  expect(shown).toMatch(text);
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

describe('a role is given by two officers', () => {
  test('one files it and cannot approve it, another one can', async () => {
    const { lee, officer, officer2, store } = stage;
    const filing = await fileChange(officer, '권한 부여', '표준API 관리자', '이정훈');
    expect(filing.title).toBe('표준API 관리자 부여: 이*훈');
    await refused(
      officer,
      () => officer.press('승인', { in: cardOf(filing) }),
      '본인이 제출한 신청은 본인이 처리할 수 없습니다',
    );
    expect(await grantsOf(lee)).toEqual([]);
    await refused(lee, () => lee.press('승인', { in: cardOf(filing) }), /관리자.*만/);

    await officer2.press('승인', { in: cardOf(filing) });
    await lee.waitFor('표준API 관리자 권한을 받았습니다');
    const [asked, agreed] = [(await personOf(officer)).id, (await personOf(officer2)).id];
    const [granted, ...more] = await grantsOf(lee);
    expect(more).toEqual([]);
    expect(granted).toMatchObject({ role: 'OFFICER', grantedBy: asked, agreedBy: agreed, endedAt: null });
    expect(
      await store.db.audit.findFirst({ where: { action: 'role.grant', actor: { not: 'settings' } } }),
    ).toMatchObject({
      actor: agreed,
      subject: `person:${granted?.personId}`,
      data: { role: 'OFFICER', filing: filing.number },
    });
    await officer.waitFor('권한 변경이 승인되어 반영되었습니다');
  });

  test('the new officer decides from then on', async () => {
    const { kim, lee } = stage;
    await lee.openHome();
    expect(await lee.homeText()).toContain('검토 대기 1건');
    await lee.press('승인', { in: card('사용자 등록 검토중') });
    await kim.waitFor('사용자 등록이 승인되었습니다');
  });

  test('what the person has already is not given twice', async () => {
    const { officer, officer2 } = stage;
    const filing = await fileChange(officer, '권한 부여', '표준API 관리자', '이정훈');
    await officer2.press('검토', { in: cardOf(filing) });
    const review = await openedModal(officer2);
    expect(review).toContain('⚠ 이미 그 권한이 있습니다.');
    expect(review).toMatch(/사용자 등록\s+등록하지 않은 사람/);
    expect(review).toMatch(/지금 권한\s+표준API 관리자 \(2026\. 11\. 23\.부터\)/);
    const whom = await roleChange.about?.(stage.store.db, { person: stage.kim.userId }, true);
    expect(whom?.slice(0, 3)).toEqual([
      { label: '대상자', text: expect.stringMatching(/^김보람/) },
      { label: '대상자의 소속', text: '행정안전부 디지털안전정책과' },
      { label: '사용자 등록', text: '2026. 11. 23.부터' },
    ]);
    await closeAll(officer2);
    await refused(officer2, () => officer2.press('승인', { in: cardOf(filing) }), '이미 그 권한이 있습니다');
    expect(await grantsOf(stage.lee)).toHaveLength(1);
    await officer2.press('반려', { in: cardOf(filing) });
    await officer2.fill('반려 사유', '이미 관리자입니다.');
    await next(officer2);
    expect(await state(filing.id)).toBe('REJECTED');
  });
});

describe('an auditor', () => {
  test('reads, which is recorded, and decides nothing', async () => {
    const { park, officer, officer2, kim, lee, store } = stage;
    await change(officer, officer2, '권한 부여', '감사자', '박수진');
    await park.waitFor('감사자 권한을 받았습니다');
    await lee.command('/bogeup 신청');
    await fillRegistration(lee, '이정훈', '서울특별시');
    await stage.bot.idle();
    const { id } = await waiting();

    await park.openHome();
    const home = await park.homeText();
    expect(home).toContain('검토 대기 1건');
    expect(home).not.toContain('관리자 권한 변경');
    await park.press('검토', { in: 'home' });
    await park.fill('열람 사유', '감사·점검');
    await next(park);
    expect(await park.modalText()).toContain('010-1234-5678');
    const reader = (await personOf(park)).id;
    const read = { action: 'filing.review', actor: reader, subject: `filing:${id}` };
    expect(await store.db.audit.count({ where: read })).toBe(1);
    await closeAll(park);

    for (const label of ['승인', '보완요청', '반려'])
      await refused(
        park,
        () => park.press(label, { in: card('사용자 등록 검토중') }),
        /관리자만 할 수 있습니다/,
      );
    const forged = { callbackId: 'filing.decision', metadata: { filing: id, verb: 'filing.reject' } };
    const values = { reason: { 'form.value': { type: 'plain_text_input', value: '반려합니다' } } };
    expect(ackText(await forgeSubmit(park, { ...forged, values }))).toMatch(/관리자만 할 수 있습니다/);
    await refused(park, () => forgeClick(park, 'roleChange.begin'), '표준API 관리자만 신청할 수 있습니다');
    await refused(
      park,
      () => forgeClick(park, 'filing.attachment.letter', `${id}:letter`),
      '표준API 관리자만 받을 수 있습니다',
    );
    expect(await state(id)).toBe('SUBMITTED');
    await refused(
      kim,
      () => forgeClick(kim, 'filing.review', id),
      '표준API 관리자와 감사자만 볼 수 있습니다',
    );
  });
});

describe('a role that ends', () => {
  test('is not ended by the approval of the one who loses it', async () => {
    const { lee, officer, officer2 } = stage;
    const filing = await fileChange(officer, '권한 해지', '표준API 관리자', '이정훈');
    await refused(
      lee,
      () => lee.press('승인', { in: cardOf(filing) }),
      '본인의 권한 변경은 본인이 승인할 수 없습니다',
    );
    // A window that was opened while the role was still there, and the buttons of every card.
    await lee.press('반려', { in: cardOf(filing) });
    await lee.fill('반려 사유', '열어 둔 창');

    await officer2.press('승인', { in: cardOf(filing) });
    await lee.waitFor('표준API 관리자 권한이 해지되었습니다');
    await stage.bot.idle();
    const before = await contents(stage.store);
    expect(await lee.submit()).toBe('pushed');
    expect(await lee.modalText()).toContain('표준API 관리자만 할 수 있습니다');
    expect(await contents(stage.store)).toEqual(before);
    await closeAll(lee);
  });

  test('leaves buttons behind that change nothing, and a row that says who, when and by whom', async () => {
    const { lee, officer, officer2 } = stage;
    const { id } = await waiting();
    for (const verb of ['filing.approve', 'filing.return', 'filing.reject', 'filing.review'])
      await refused(lee, () => forgeClick(lee, verb, id), /관리자.*만/);
    await refused(lee, () => forgeClick(lee, 'roleChange.begin'), '표준API 관리자만 신청할 수 있습니다');
    await lee.openHome();
    expect(await lee.homeText()).not.toContain('검토 대기');
    const [asked, agreed] = [(await personOf(officer)).id, (await personOf(officer2)).id];
    expect(await grantsOf(lee)).toMatchObject([
      { grantedBy: asked, agreedBy: agreed, endedBy: agreed, endedAt: expect.any(Date) },
    ]);
  });

  test('ends what the person had begun as an officer: a form that is still open is not taken', async () => {
    const { lee, officer, officer2, store } = stage;
    await change(officer, officer2, '권한 부여', '표준API 관리자', '이정훈');
    await lee.openHome();
    await pressIn(lee, '관리 업무', '관리자 권한 변경');
    await fillAll(lee, { 구분: '권한 부여', 권한: '표준API 관리자', 대상자: '김보람', 사유: '인사이동' });
    await next(lee);
    await change(officer, officer2, '권한 해지', '표준API 관리자', '이정훈');
    const filings = await store.db.filing.count();
    expect(await lee.submit()).toBe('pushed');
    expect(await lee.modalText()).toContain('표준API 관리자만 신청할 수 있습니다');
    expect(await store.db.filing.count()).toBe(filings);
  });

  test('given again is a new row; none is ever gone', async () => {
    const { lee, officer, officer2 } = stage;
    await change(officer, officer2, '권한 부여', '표준API 관리자', '이정훈');
    const rows = await grantsOf(lee);
    expect(rows.map(({ endedAt }) => endedAt !== null)).toEqual([true, true, false]);
  });
});

describe('two officers remain', () => {
  test('a change is refused that would leave one, and the check says so before', async () => {
    const { lee, officer, officer2 } = stage;
    const filing = await fileChange(officer2, '권한 해지', '표준API 관리자', '정승인');
    await change(officer2, lee, '권한 해지', '표준API 관리자', '최관리'); // 정승인 and 이정훈 remain
    await lee.press('검토', { in: cardOf(filing) });
    expect(await openedModal(lee)).toContain('✖ 해지하면 관리자가 1명 남습니다.');
    await closeAll(lee);
    await refused(
      lee,
      () => lee.press('승인', { in: cardOf(filing) }),
      '해지하면 관리자가 2명보다 적어져 아무도 승인할 수 없게 됩니다',
    );
    expect(await grantsOf(officer2)).toMatchObject([{ endedAt: null }]);
    // The way out that the refusal names.
    await change(officer2, lee, '권한 부여', '표준API 관리자', '최관리');
    await lee.press('승인', { in: cardOf(filing) });
    await officer2.waitFor('표준API 관리자 권한이 해지되었습니다');
    await change(officer, lee, '권한 부여', '표준API 관리자', '정승인');
  });

  test('also when two changes are approved at the same moment', async () => {
    const { lee, officer, officer2, store } = stage; // three officers, two are to go
    const first = await fileChange(lee, '권한 해지', '표준API 관리자', '최관리');
    const second = await fileChange(lee, '권한 해지', '표준API 관리자', '정승인');
    await Promise.all([
      officer2.press('승인', { in: cardOf(first) }),
      officer.press('승인', { in: cardOf(second) }),
    ]);
    await lee.waitFor(async () => (await officer.modal()) ?? (await officer2.modal()));
    await stage.bot.idle();
    expect([await state(first.id), await state(second.id)].sort()).toEqual(['APPROVED', 'SUBMITTED']);
    expect(await store.db.grant.count({ where: { role: 'OFFICER', endedAt: null } })).toBe(2);
    const gone = (await state(first.id)) === 'APPROVED' ? '최관리' : '정승인';
    const left = gone === '최관리' ? officer2 : officer;
    await closeAll(officer);
    await closeAll(officer2);
    await change(left, lee, '권한 부여', '표준API 관리자', gone);
  });
});

describe('payloads that were changed on the way', () => {
  /** An officer's form, filled but not submitted. @returns what its window carries */
  async function filled(by: Person): Promise<{ draft: string; step: string }> {
    stage.clock.advance(60_000);
    await by.openHome();
    await pressIn(by, '관리 업무', '관리자 권한 변경');
    await fillAll(by, { 구분: '권한 부여', 권한: '감사자', 대상자: '김보람', 사유: '인사이동' });
    await next(by);
    const view = await by.modal();
    return { ...JSON.parse(String(view?.private_metadata)), step: '0' };
  }
  const typed = (role: string, person: string) => ({
    change: { 'form.value': { type: 'radio_buttons', selected_option: { value: 'GRANT' } } },
    role: { 'form.value': { type: 'radio_buttons', selected_option: { value: role } } },
    person: { 'form.value': { type: 'users_select', selected_user: person } },
    reason: { 'form.value': { type: 'plain_text_input', value: '인사이동' } },
  });

  test.each([
    ['a role that does not exist', 'ADMIN', 'U0KIM000001', 'role', '보기에서 하나를 선택하십시오', '권한'],
    ['a role that every object has', 'constructor', 'U0KIM000001', 'role', '보기에서 하나를', '권한'],
    ['nobody', 'OFFICER', '<!channel>', 'person', '사람을 선택하십시오', '대상자'],
  ])('%s is refused at its field, and again when it is submitted', async (...row) => {
    const [, role, whom, field, words, label] = row;
    const { officer, store } = stage;
    const metadata = await filled(officer);
    const rows = await store.db.grant.count();
    const ack = await forgeSubmit(officer, { callbackId: 'form.step', metadata, values: typed(role, whom) });
    expect(ack.body).toMatchObject({ errors: { [field]: expect.stringContaining(words) } });
    const submitted = await forgeSubmit(officer, { callbackId: 'form.submit', metadata });
    expect(ackText(submitted)).toContain(`고칠 항목이 남아 있습니다: ${label}`);
    expect(await store.db.filing.count({ where: { procedure: 'roleChange', state: 'SUBMITTED' } })).toBe(1);
    expect(await store.db.grant.count()).toBe(rows);
  });

  test('an official begins no role change, nor submits that of an officer', async () => {
    const { kim, officer, store } = stage;
    await refused(kim, () => forgeClick(kim, 'roleChange.begin'), '표준API 관리자만 신청할 수 있습니다');
    const metadata = await filled(officer);
    await stage.bot.idle();
    const before = await contents(store);
    for (const callbackId of ['form.step', 'form.submit']) {
      const ack = await forgeSubmit(kim, { callbackId, metadata, values: typed('OFFICER', kim.userId) });
      expect(ackText(ack)).toContain('이미 제출했거나 삭제한 작성분입니다');
    }
    const view = {
      type: 'modal',
      id: 'V0FORGED001',
      callback_id: 'form.summary',
      private_metadata: JSON.stringify(metadata),
    };
    await forgeClick(kim, 'form.goto', '0', { view });
    await kim.waitFor('이미 제출했거나 삭제한 작성분입니다'); // written: there is no window to put it on
    expect(await contents(store)).toEqual(before);
  });

  test('an approval with the id of one’s own filing, of a newer revision, or by another window', async () => {
    const { kim, officer, officer2 } = stage;
    const { id } = await fileChange(officer, '권한 부여', '표준API 관리자', '김보람');
    await refused(officer, () => forgeClick(officer, 'filing.approve', id), '본인이 제출한 신청은');
    await refused(officer, () => forgeClick(officer, 'filing.approve', `${id}:1`), '본인이 제출한 신청은');
    await refused(
      officer2,
      () => forgeClick(officer2, 'filing.approve', `${id}:7`),
      '고쳐서 다시 제출했습니다',
    );
    await refused(kim, () => forgeClick(kim, 'filing.approve', id), /관리자만 할 수 있습니다/);
    const reason = { reason: { 'form.value': { type: 'plain_text_input', value: '승인' } } };
    for (const person of [officer, kim]) {
      const metadata = { filing: id, verb: 'filing.approve' };
      const ack = await forgeSubmit(person, { callbackId: 'filing.decision', metadata, values: reason });
      expect(ackText(ack)).toContain('알 수 없는 처리입니다');
    }
    expect(await grantsOf(kim)).toEqual([]);
  });
});

test('all of it stands in the audit trail, which is whole', async () => {
  const { store } = stage;
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  const granted = await store.db.grant.count();
  expect(await store.db.audit.count({ where: { action: 'role.grant' } })).toBe(granted);
  const ended = await store.db.grant.count({ where: { endedAt: { not: null } } });
  expect(await store.db.audit.count({ where: { action: 'role.end' } })).toBe(ended);
});
