import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { pdf } from '../answers.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  fillAll,
  next,
  openedModal,
  pressIn,
  pressOfSystem,
} from './acts.ts';
import { contents, forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** The other ways in which people change on a system: a deputy, an absent predecessor, all systems of who left. */
let stage: Stage;
const MINWON = '행정안전부 민원관리시스템';

beforeAll(async () => {
  stage = await setStage();
  const { kim, lee, park } = stage;
  await park.openHome();
  await becomeUser(stage, kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
  await apply(kim);
  await approveApplication(stage, kim);
  await stage.bot.idle();
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.park, stage.officer, stage.officer2])
    await closeAll(person);
  await stage.store.db.draft.deleteMany();
});
afterAll(() => stage?.close());

const known = ({ userId }: Person) => stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } });
const minwon = () => stage.store.db.system.findFirstOrThrow({ where: { name: MINWON } });
const newest = (procedure: string) =>
  stage.store.db.filing.findFirstOrThrow({ where: { procedure }, orderBy: { number: 'desc' } });
const rights = async () =>
  (
    await stage.store.db.audit.findMany({
      where: { subject: `system:${(await minwon()).id}` },
      orderBy: { seq: 'asc' },
    })
  ).map(({ action, person }) => [action, person]);

async function refused(person: Person, act: () => Promise<unknown>, text: string): Promise<void> {
  await closeAll(person);
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  expect(await openedModal(person)).toContain(text);
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

describe('부담당자', () => {
  test('only the contact appoints one, of the same agency, who accepts; no officer is asked', async () => {
    const { kim, lee, officer, store } = stage;
    const { id } = await minwon();
    await refused(
      lee,
      () => forgeClick(lee, 'procedure.begin.deputyAppointment', `system:${id}`),
      '담당자만',
    );
    await forgeClick(kim, 'system.detail', id);
    await pressOfSystem(kim, '부담당자 지정');
    await kim.waitFor(async () => (await kim.modalText()).includes('지정받은 사람이 수락하면'));
    const moveLee = (agencyCode: string) =>
      store.db.person.update({ where: { slackId: lee.userId }, data: { agencyCode } });
    await moveLee('6110000');
    expect(await kim.suggestions('부담당자', '이정훈')).toEqual([]);
    await moveLee('1741000');
    await kim.fill('부담당자', '이정훈');
    await moveLee('6110000'); // whoever was found may have moved since
    expect(await kim.submit()).toBe('errors');
    expect(Object.values(kim.errors())[0]).toContain('같은 기관의 사람만');
    await moveLee('1741000');
    await next(kim);
    await next(kim);
    await closeAll(kim);
    await lee.waitFor('수락을 요청받았습니다');
    const filing = await newest('deputyAppointment');
    await refused(lee, () => forgeClick(lee, 'system.detail', id), '담당하는 시스템만');
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.deputyAppointment', `system:${id}`),
      '▶ 답을 기다리거나 홈에서 삭제하십시오.',
    );
    await moveLee('6110000'); // and whoever accepts may have moved
    await refused(
      lee,
      () => forgeClick(lee, 'filing.accept', `${filing.id}:1`),
      '▶ 이 요청은 거절하고, 필요하면 지금 담당자가 다시 지정하게 하십시오.',
    );
    await moveLee('1741000');
    await lee.press('수락', { in: ({ text }) => text.includes(filing.number) });
    expect(await openedModal(lee)).toContain('수락했습니다');
    await kim.waitFor('부담당자가 수락하여 지정되었습니다');
    expect((await minwon()).deputyId).toBe((await known(lee)).id);
    expect((await officer.allMessages()).some(({ text }) => text.includes('부담당자'))).toBe(false);
    expect(await rights()).toEqual([['deputy.begin', (await known(lee)).id]]);
  });

  test('sees the system without the personal answers of the contact, fetches licences, submits nothing', async () => {
    const { lee, kim } = stage;
    const { id } = await minwon();
    await closeAll(lee);
    await forgeClick(lee, 'system.detail', id);
    const detail = await openedModal(lee);
    for (const shown of [MINWON, '10.10.1.21', '010-1234-****', '김*람']) expect(detail).toContain(shown);
    for (const hidden of ['김보람', '010-1234-5678', '044-205-1234', 'kim@korea.kr'])
      expect(detail).not.toContain(hidden);
    await closeAll(lee);
    await forgeClick(kim, 'system.detail', id);
    expect(await openedModal(kim)).toContain('010-1234-5678'); // their own words
    await closeAll(kim);
    await lee.openHome();
    expect(await lee.homeText()).toContain(`${MINWON} (부담당)`);
    await lee.press('다운로드', { in: 'home' });
    await lee.waitFor('임시라이선스를 보내 드립니다');
    await refused(lee, () => forgeClick(lee, 'resultReport.begin', id), '담당하는 시스템의 적용결과표만');
    await refused(
      lee,
      () => forgeClick(lee, 'procedure.begin.contactChange', `system:${id}`),
      '담당하는 시스템만',
    );
  });

  test('is dismissed at once; somebody else dismisses nobody', async () => {
    const { kim, lee, park } = stage;
    const { id } = await minwon();
    await refused(park, () => forgeClick(park, 'deputy.end', id), '담당하는 시스템의 부담당자만');
    await forgeClick(kim, 'system.detail', id);
    await openedModal(kim);
    await pressOfSystem(kim, '부담당자 해제');
    await lee.waitFor('부담당자 지정이 끝났습니다');
    expect((await minwon()).deputyId).toBeNull();
    await refused(lee, () => forgeClick(lee, 'licence.download', id), '담당하는 시스템의 라이선스만');
    expect((await rights()).at(-1)).toEqual(['deputy.end', (await known(lee)).id]);
  });
});

describe('담당자 부재 변경', () => {
  async function toEvidence(person: Person): Promise<void> {
    await person.openHome();
    await pressIn(person, '전체 업무', '담당자 부재 변경');
    await person.fill('대상시스템', '민원');
    await next(person);
  }

  test('shows of the systems of one’s own agency only name and standing, of the former contact only what is masked', async () => {
    const { lee, kim, store } = stage;
    await lee.openHome();
    await pressIn(lee, '전체 업무', '담당자 부재 변경');
    expect(await lee.suggestions('대상시스템', '민원')).toEqual([`${MINWON} (임시라이선스)`]);
    await closeAll(lee);
    await store.db.draft.deleteMany();
    await toEvidence(lee);
    const text = await lee.modalText();
    expect(text).toContain('김*람 · 010-1234-****');
    expect(text).not.toContain('김보람');
    await closeAll(lee);
    const { id } = await minwon();
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.successorClaim', `system:${id}`),
      '이미 담당하는 시스템',
    );
    await store.db.person.update({ where: { slackId: lee.userId }, data: { agencyCode: '6110000' } });
    await store.db.draft.deleteMany();
    await lee.openHome();
    await pressIn(lee, '전체 업무', '담당자 부재 변경');
    expect(await lee.suggestions('대상시스템', '민원')).toEqual([]);
    await store.db.person.update({ where: { slackId: lee.userId }, data: { agencyCode: '1741000' } });
  });

  test('wants evidence of the right kind', async () => {
    const { lee } = stage;
    await toEvidence(lee);
    await fillAll(lee, { '증빙 종류': '인사발령', '변경 사유': '전임자 인사이동' });
    expect(await lee.submit()).toBe('errors');
    await lee.fill('증빙자료', { name: '인사발령.png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') });
    expect(await lee.submit()).toBe('errors');
  });

  test('of several systems is told to each contact, who may object, and moves all when it is approved', async () => {
    const { kim, lee, park, officer, officer2, store } = stage;
    const { filings: _, ...like } = await store.db.system.findFirstOrThrow({ include: { filings: true } });
    const { id: other } = await store.db.system.create({
      data: {
        ...like,
        id: crypto.randomUUID(),
        name: '행정안전부 통계시스템',
        contactId: (await known(park)).id,
        profile: {},
      },
    });
    const applied = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    await store.db.filing.create({
      data: {
        ...applied,
        id: crypto.randomUUID(),
        number: 'APP-2026-999999',
        systemId: other,
        applicantId: (await known(park)).id,
      },
    });
    await lee.openHome();
    await pressIn(lee, '전체 업무', '담당자 부재 변경');
    expect(await lee.suggestions('대상시스템', '')).toHaveLength(2);
    await lee.fill('대상시스템', ['민원', '통계']);
    await next(lee);
    expect(await lee.modalText()).toContain(`${MINWON}: 행정안전부 · 김*람`);
    await fillAll(lee, {
      '증빙 종류': '인사발령',
      증빙자료: pdf('인사발령.pdf'),
      '변경 사유': '전임자 인사이동',
    });
    await next(lee);
    await lee.fill('전화번호', '044-205-7777');
    await next(lee);
    await next(lee);
    await closeAll(lee);
    await kim.waitFor('담당자 변경이 신청되었습니다');
    const filing = await newest('successorClaim');
    expect(filing.systemIds).toHaveLength(2);
    await refused(officer2, () => forgeClick(officer2, 'claim.object', filing.id), '담당하는 시스템의');
    await kim.press('이의 제기', { in: ({ text }) => text.includes('담당자 변경이 신청') });
    expect(await openedModal(kim)).toContain('대상시스템 1개');
    expect(await kim.submit()).toBe('errors');
    await kim.fill('이의 내용', '다음 달까지 제가 담당합니다.');
    await next(kim);
    expect(await kim.modalText()).toContain('이의를 접수했습니다');
    await closeAll(kim);
    await refused(kim, () => forgeClick(kim, 'claim.object', filing.id), '이미 이의를 제기했습니다');
    await officer.waitFor('지금 담당자가 이의를 제기했습니다');
    await stage.bot.idle();
    expect(await store.db.filing.findUnique({ where: { id: filing.id } })).toMatchObject({ looks: 2 });
    const inChannel = JSON.stringify((await officer.allMessages()).filter(card('')));
    expect(inChannel).toContain('지금 담당자가 이의를 제기했습니다');
    for (const hidden of ['김보람', '다음 달까지']) expect(inChannel).not.toContain(hidden);
    await refused(lee, () => forgeClick(lee, 'filing.approve', `${filing.id}:1`), '표준API 관리자만');
    const { id } = await minwon();
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.contactChange', `system:${id}`),
      '이미 담당자 변경을 신청한',
    );
    await refused(
      officer,
      () => forgeClick(officer, 'filing.approve', `${filing.id}:1`),
      '그사이 지금 담당자가 이의를 제기했습니다',
    );
    await officer.press('승인', { in: card(filing.number) });
    const review = await openedModal(officer);
    expect(review).toContain('⚠ 지금 담당자의 메신저 계정이 살아 있습니다. 위의 이의를 확인하십시오.');
    expect(review).toMatch(/⚠ 지금 담당자의 이의 \(김보람, .+\): 다음 달까지 제가 담당합니다\./);
    const decisions = JSON.stringify((await officer.modal())?.blocks.at(-1));
    expect(decisions).toContain('⚠ 지금 담당자의 이의가 있습니다.');
    for (const hidden of ['김보람', '다음 달까지']) expect(decisions).not.toContain(hidden);
    await officer.press('승인', { in: 'modal' });
    await lee.waitFor('담당자 변경이 승인되었습니다');
    await kim.waitFor('시스템의 담당이 끝났습니다');
    expect((await minwon()).contactId).toBe((await known(lee)).id);
    expect((await known(lee)).phone).toBe('044-205-7777');
    await refused(kim, () => forgeClick(kim, 'system.detail', id), '담당하는 시스템만');
    await refused(kim, () => forgeClick(kim, 'claim.object', filing.id), '담당하는 시스템의');
    const [gone, come] = [(await known(kim)).id, (await known(lee)).id];
    expect((await rights()).slice(-2)).toEqual([
      ['contact.end', gone],
      ['contact.begin', come],
    ]);
    await park.waitFor('시스템의 담당이 끝났습니다');
    expect(await store.db.system.count({ where: { contactId: come } })).toBe(2);
    const moved = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    expect(moved.applicantId).toBe((await known(lee)).id);
  });
});

describe('담당자 일괄 변경', () => {
  test('moves all systems of a person who left, also more than a hundred, by two officers', async () => {
    const { kim, lee, officer, officer2, store, workspace, clock } = stage;
    const from = (await known(lee)).id;
    await store.db.system.createMany({
      data: Array.from({ length: 130 }, (_, index) => ({
        name: `행정안전부 시스템 ${index}`,
        agencyCode: '1741000',
        contactId: from,
        createdAt: clock.now(),
      })),
    });
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.contactTransfer', `person:${from}`),
      '표준API 관리자만',
    );
    await workspace.deactivate(lee.userId);
    await officer.waitFor('메신저에서 비활성화된 사용자: 이*훈');
    await officer.press('담당자 일괄 변경', { in: ({ text }) => text.includes('비활성화된 사용자: 이') });
    await openedModal(officer);
    await fillAll(officer, { '새 담당자': '김보람', 근거: '기관에 전화로 확인' });
    await next(officer);
    await next(officer);
    await closeAll(officer);
    await stage.bot.idle();
    const filing = await newest('contactTransfer');
    expect(filing.title).toBe('이*훈 담당 시스템 전체');
    await refused(officer, () => officer.press('승인', { in: card(filing.number) }), '본인이 제출한 신청은');
    await officer2.press('검토', { in: card(filing.number) });
    expect(await openedModal(officer2)).toContain('대상시스템 132개');
    await closeAll(officer2);
    await officer2.press('승인', { in: card(filing.number) });
    await kim.waitFor('시스템의 담당자가 되었습니다');
    await stage.bot.idle();
    expect(await store.db.system.count({ where: { contactId: (await known(kim)).id } })).toBe(132);
    expect(await store.db.system.count({ where: { contactId: from } })).toBe(0);
    expect((await newest('contactTransfer')).systemIds).toHaveLength(132);
    expect(await store.db.audit.count({ where: { action: 'contact.end', person: from } })).toBe(132);
  });
});
