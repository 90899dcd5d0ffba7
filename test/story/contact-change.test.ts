import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { apply, approveApplication, becomeUser, card, closeAll, fillAll, next, openedModal } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 담당자 변경 by the present contact: 김보람 hands 민원관리시스템 over to 이정훈. */
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const { kim, lee, store } = stage;
  await becomeUser(stage, kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
  await store.db.person.update({ where: { slackId: lee.userId }, data: { mobile: '010-9876-5432' } });
  await apply(kim);
  await approveApplication(stage, kim);
  await apply(kim, {
    overview: { 시스템명: '행정안전부 통계시스템' },
    attachments: { '공문 문서번호': '디지털안전정책과-1235' },
  });
  await stage.bot.idle();
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.park, stage.officer, stage.officer2])
    await closeAll(person);
  await stage.store.db.draft.deleteMany();
});
afterAll(() => stage?.close());

const known = ({ userId }: Person) => stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } });
const change = () =>
  stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'contactChange' },
    orderBy: { number: 'desc' },
  });
const system = (name: string) => stage.store.db.system.findFirstOrThrow({ where: { name } });
const MINWON = '행정안전부 민원관리시스템';
const STATISTICS = '행정안전부 통계시스템';

/** From the home to the second step, with these systems. */
async function begin(person: Person, systems: string[]): Promise<void> {
  await person.openHome();
  await person.press('담당자 변경', { in: 'home' });
  await person.fill('대상시스템', systems);
  await next(person);
}

async function file(person: Person, systems: string[]): Promise<void> {
  await begin(person, systems);
  await fillAll(person, {
    '새 담당자': '이정훈',
    '새 담당자 휴대폰번호': '010-9876-5432',
    '변경 사유': '인사이동',
  });
  await next(person);
  await next(person, 'closed');
  await person.waitFor('상대방에게 수락할지 물었습니다');
  await closeAll(person);
  await stage.bot.idle();
}

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

describe('what is refused at the form', () => {
  test('oneself is not among those who can be found', async () => {
    const { kim } = stage;
    await begin(kim, [MINWON]);
    expect(await kim.suggestions('새 담당자', '김보람')).toEqual([]);
    expect(await kim.suggestions('새 담당자', '이정훈')).toEqual([expect.stringContaining('이*훈 · ')]);
  });

  test('a wrong mobile number: neither the right one nor more than five attempts', async () => {
    const { kim, lee, clock, store } = stage;
    await begin(kim, [MINWON]);
    await fillAll(kim, { '새 담당자': '이정훈', '변경 사유': '인사이동' });
    for (let attempt = 1; attempt <= 5; attempt++) {
      await kim.fill('새 담당자 휴대폰번호', `010-1111-111${attempt}`);
      expect(await kim.submit()).toBe('errors');
      const [error] = Object.values(kim.errors());
      expect(error).toContain(`(${attempt}/5회)`);
      expect(error).not.toContain('9876');
    }
    await kim.fill('새 담당자 휴대폰번호', '010-9876-5432'); // right, and too late
    expect(await kim.submit()).toBe('errors');
    expect(Object.values(kim.errors())[0]).toContain('5번 잘못 입력하여');
    const counted = {
      action: 'contact.mismatch',
      actor: (await known(kim)).id,
      person: (await known(lee)).id,
    };
    expect(await store.db.audit.count({ where: counted })).toBe(5);
    clock.advance(24 * 60 * 60 * 1000 + 1);
    expect(await kim.submit()).toBe('updated');
  });

  test('a wrong number that went round the step is counted at the submission too', async () => {
    const { kim, store } = stage;
    await begin(kim, [MINWON]);
    const draft = await store.db.draft.findFirstOrThrow();
    const answers = { ...(draft.answers as object), successor: (await known(stage.lee)).id, reason: 'x' };
    await store.db.draft.update({
      where: { id: draft.id },
      data: { answers: { ...answers, mobile: '010-1111-2222' } },
    });
    const mismatches = () => store.db.audit.count({ where: { action: 'contact.mismatch' } });
    const before = await mismatches();
    const ack = await forgeSubmitOf(kim, draft.id);
    expect(ack).toContain('등록된 휴대폰번호와 다릅니다');
    expect(await mismatches()).toBe(before + 1);
    expect(await store.db.filing.count({ where: { procedure: 'contactChange' } })).toBe(0);
  });

  test('a system of somebody else, and a person who is not registered or gone', async () => {
    const { kim, lee, park, store } = stage;
    await park.openHome();
    const other = await store.db.system.create({
      data: {
        name: '남의 시스템',
        agencyCode: '6110000',
        contactId: (await known(lee)).id,
        createdAt: new Date(0),
      },
    });
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.contactChange', `system:${other.id}`),
      '담당하는 시스템만',
    );
    await store.db.system.delete({ where: { id: other.id } });
    await begin(kim, [MINWON]);
    const { id } = await store.db.draft.findFirstOrThrow();
    const valid = { systems: [(await system(MINWON)).id], mobile: '010-9876-5432', reason: 'x' };
    const draftOf = async (successor: string) => {
      await store.db.draft.update({ where: { id }, data: { answers: { ...valid, successor } } });
      return forgeSubmitOf(kim, id);
    };
    expect(await draftOf((await known(park)).id)).toContain('사용자 등록을 하지 않은 사람');
    expect(await draftOf((await known(kim)).id)).toContain('본인은 고를 수 없습니다');
    expect(await draftOf('no-such-person')).toContain('사용자 등록을 하지 않은 사람');
    await store.db.person.update({
      where: { slackId: lee.userId },
      data: { deactivatedAt: stage.clock.now() },
    });
    expect(await draftOf((await known(lee)).id)).toContain('비활성화된 사용자');
    await store.db.person.update({ where: { slackId: lee.userId }, data: { deactivatedAt: null } });
  });
});

describe('an offer', () => {
  test('is declined, the old contact is told, and nothing has changed', async () => {
    const { kim, lee, park, officer, store } = stage;
    await file(kim, [MINWON]);
    const filing = await change();
    expect(filing).toMatchObject({ state: 'OFFERED', namedId: (await known(lee)).id, systemId: null });
    await lee.waitFor('수락을 요청받았습니다');
    expect((await officer.allMessages()).some(({ text }) => text.includes('담당자 변경'))).toBe(false);
    const value = `${filing.id}:1`;
    await refused(kim, () => forgeClick(kim, 'filing.accept', value), '지정된 사람만');
    await refused(park, () => forgeClick(park, 'filing.accept', value), '지정된 사람만');
    await refused(officer, () => forgeClick(officer, 'filing.approve', value), '지금은 처리할 수 없습니다');
    await refused(
      kim,
      () => forgeClick(kim, 'procedure.begin.contactChange', `system:${filing.systemIds[0]}`),
      '▶ 그 신청이 처리된 뒤에 다시 신청하십시오.',
    );

    await lee.openHome();
    expect(await lee.homeText()).toContain('수락 요청 1건');
    expect(await lee.homeText()).toContain(MINWON);
    await lee.press('거절', { in: 'home' });
    await kim.waitFor('지정된 사람이 거절했습니다');
    expect(await openedModal(lee)).toContain('거절했습니다');
    expect((await change()).state).toBe('REJECTED');
    expect((await system(MINWON)).contactId).toBe((await known(kim)).id);
    await refused(lee, () => forgeClick(lee, 'filing.accept', value), '먼저 처리했습니다');
    expect((await officer.allMessages()).some(({ text }) => text.includes('담당자 변경'))).toBe(false);
    expect(await store.db.card.count({ where: { subject: filing.id } })).toBe(0);
  });

  test('is accepted and approved: the systems, what goes on about them and the right to see them move', async () => {
    const { kim, lee, officer, store } = stage;
    await file(kim, [MINWON, STATISTICS]);
    const filing = await change();
    expect(filing.title).toBe('행정안전부 민원관리시스템 외 1개');
    await lee.press('수락', { in: ({ text }) => text.includes(filing.number) });
    expect(await openedModal(lee)).toContain('수락했습니다');
    await officer.waitFor('담당자 변경 · 검토중');
    await refused(lee, () => forgeClick(lee, 'filing.approve', `${filing.id}:1`), '표준API 관리자만');

    await officer.press('검토', { in: card('담당자 변경 검토중') });
    const review = await openedModal(officer);
    expect(review).toContain('변경 전 담당자: 행정안전부 디지털안전정책과 김보람');
    expect(review).toContain('변경 후 담당자: 행정안전부 디지털안전정책과 이정훈');
    expect(review).toContain('새 담당자가 수락했습니다');
    await closeAll(officer);

    // What the old contact had begun on one of them, and a filing that the officer sent back.
    const { id: minwon } = await system(MINWON);
    await kim.press('적용결과표 제출', { in: 'home' });
    await openedModal(kim);
    await closeAll(kim);
    expect(await store.db.draft.count({ where: { subject: `system:${minwon}` } })).toBe(1);
    await officer.press('보완요청', { in: card('이용신청 검토중') });
    await officer.fill('보완요청 사유', '구성도를 다시 올리십시오.');
    await next(officer);
    await closeAll(officer);

    await officer.press('승인', { in: card('담당자 변경 검토중') });
    await lee.waitFor('시스템의 담당자가 되었습니다');
    await kim.waitFor('이제 이 시스템은 목록에 보이지 않으며');
    await stage.bot.idle();

    expect((await system(MINWON)).contactId).toBe((await known(lee)).id);
    expect(await store.db.draft.count({ where: { subject: `system:${minwon}` } })).toBe(0);
    await kim.openHome();
    expect(await kim.homeText()).toContain('신청한 시스템이 없습니다');
    await refused(kim, () => forgeClick(kim, 'system.detail', minwon), '담당하는 시스템만');
    await refused(kim, () => forgeClick(kim, 'licence.download', minwon), '담당하는 시스템의 라이선스만');
    const trail = await store.db.audit.findMany({
      where: { subject: `system:${minwon}` },
      orderBy: { seq: 'asc' },
    });
    expect(trail).toMatchObject([
      { action: 'contact.end', person: (await known(kim)).id, data: { filing: filing.number } },
      { action: 'contact.begin', person: (await known(lee)).id },
    ]);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('the new contact corrects what was sent back, with their own details and nothing of the old one', async () => {
    const { kim, lee, store } = stage;
    const returned = await store.db.filing.findFirstOrThrow({ where: { state: 'RETURNED' } });
    await refused(kim, () => forgeClick(kim, 'filing.resubmit', returned.id), '본인이 제출한 신청만');
    await lee.openHome();
    expect(await lee.homeText()).toContain(STATISTICS);
    await forgeClick(lee, 'system.detail', returned.systemId ?? '');
    const detail = await openedModal(lee);
    expect(detail).toContain(STATISTICS);
    for (const told of ['김보람', '010-1234-5678', '044-205-1234']) expect(detail).not.toContain(told);
    await closeAll(lee);
    await forgeClick(lee, 'filing.resubmit', returned.id);
    await openedModal(lee);
    const draft = await store.db.draft.findFirstOrThrow({ where: { subject: `filing:${returned.id}` } });
    expect(draft.answers).toMatchObject({ name: '이정훈', mobile: '010-9876-5432', systemName: STATISTICS });
    expect(draft.answers).not.toHaveProperty('consent');
    await closeAll(lee);
    await lee.press('다운로드', { in: 'home' });
    await lee.waitFor('임시라이선스를 보내 드립니다');
  });
});

async function forgeSubmitOf(person: Person, draft: string): Promise<string> {
  return ackText(await forgeSubmit(person, { callbackId: 'form.submit', metadata: { draft, step: '2' } }));
}
