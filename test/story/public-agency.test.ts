import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registrationConsent } from '../../src/procedures/consent.ts';
import { agree, card, closeAll, fillAll, next, openedModal, register } from './acts.ts';
import { contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 사용자 등록, and what becomes of people whose agency applies on paper. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

describe('an official registers', () => {
  test('the agency is found by name, initial consonants and code', async () => {
    const { kim } = stage;
    await kim.openHome();
    await kim.press('사용자 등록');
    await openedModal(kim);
    for (const typed of ['행정안전', 'ㅎㅈㅇㅈ', '1741', '행정아'])
      expect(await kim.suggestions('소속기관', typed), typed).toContain('행정안전부 (1741000)');
    expect(await kim.suggestions('소속기관', 'ㅅㅇㅌㅂㅅ')).toEqual(['서울특별시 (6110000)']);
    expect(await kim.suggestions('소속기관', '없는기관')).toEqual([
      expect.stringContaining('찾은 기관이 없습니다'),
    ]);
    await closeAll(kim);
  });

  test('without the consent nothing is submitted, and the field says why', async () => {
    const { kim, store } = stage;
    await kim.press('사용자 등록', { in: 'home' });
    await fillAll(kim, {
      '개인정보 수집 및 이용에 대한 동의': '동의하지 않음',
      소속기관: '행정안전부',
    });
    const text = await kim.modalText();
    expect(text).toContain('보유기간: 10년');
    expect(text).toContain('이메일 (선택) 직위(직급)');
    expect(text).not.toContain('전화번호\n'); // nothing personal is asked before
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()['개인정보 수집 및 이용에 대한 동의']).toContain('동의하셔야 등록할 수 있습니다');
    expect(await store.db.filing.count()).toBe(0);
    expect(await store.db.consent.count()).toBe(0);
    await kim.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
    await next(kim);
    await fillAll(kim, { 부서: '디지털안전정책과', '직위(직급)': '주무관' });
    await fillAll(kim, { 이름: '김보람', 전화번호: '044-205-1234' });
    await fillAll(kim, { 휴대전화번호: '044-205-1234', 이메일: 'kim@korea.kr' });
    expect(await kim.submit()).toBe('errors');
    expect(Object.keys(kim.errors())).toEqual(['휴대전화번호']);
    await kim.fill('휴대전화번호', '010-1234-5678');
    await next(kim, 'closed');
    await kim.waitFor('제출했습니다. 사용자 등록');
    await closeAll(kim);
  });

  test('the consent is kept in the words that were shown', async () => {
    const consents = await stage.store.db.consent.findMany();
    expect(consents).toMatchObject([
      { kind: 'privacy', version: registrationConsent.version, text: registrationConsent.text },
    ]);
    expect(consents[0]?.text).toContain('동의거부 권리 및 불이익');
  });

  test('a second registration is not offered, and refused from a stale button and a command', async () => {
    const { kim } = stage;
    await kim.openHome();
    expect(JSON.stringify(await kim.home())).not.toContain('registration.begin');
    for (const press of [() => forgeClick(kim, 'registration.begin'), () => kim.command('/bogeup 신청')]) {
      await press();
      const text = await openedModal(kim);
      expect(text).toMatch(/이미 제출한 사용자 등록 신청이 있습니다. \(접수번호 2026-000001\)/);
      expect(text).toContain('관리자의 승인을 기다리십시오');
      await closeAll(kim);
    }
  });

  test('an officer asks for a correction, the official makes it, and is approved', async () => {
    const { kim, officer, store } = stage;
    await officer.press('보완요청', { in: card('사용자 등록 검토중') });
    await officer.fill('고칠 항목', ['직위(직급)']);
    await officer.fill('직위(직급)', '직급을 함께 적어 주십시오.');
    await officer.fill('보완요청 사유', '직급 확인이 필요합니다.');
    await next(officer);
    await closeAll(officer);
    await kim.waitFor('직급 확인이 필요합니다.');
    await kim.openHome();
    expect(await kim.homeText()).toContain('보완요청');
    await kim.press('수정하여 다시 제출');
    expect(await openedModal(kim)).toContain('보완요청: 직급을 함께 적어 주십시오.');
    await kim.fill('직위(직급)', '행정주사');
    await next(kim);
    await closeAll(kim);
    await officer.waitFor('2차 제출');
    await officer.press('승인', { in: card('사용자 등록 검토중') });
    await kim.waitFor('사용자 등록이 승인되었습니다');
    const person = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    expect(person).toMatchObject({ name: '김보람', position: '행정주사', agencyCode: '1741000' });
    expect(person.registeredAt).not.toBeNull();
  });

  test('who is registered is told so', async () => {
    const { kim } = stage;
    await forgeClick(kim, 'registration.begin');
    expect(await openedModal(kim)).toContain('이미 등록된 사용자입니다');
    await closeAll(kim);
  });
});

const GUIDE = [
  '공공기관은 온라인으로 신청하지 않고',
  '행정전자서명 표준API 이용 신청서',
  '시스템 구성도와 업무 프로세스',
  '한국지역정보개발원 디지털인증부',
  '임시라이선스를 신청자의 이메일로',
  '적용결과를 이메일로 제출',
  '정상라이선스를 이메일로',
  '1661-9088 (내선 2번)',
];

describe('a person of a 공공기관', () => {
  test('is told the whole way on choosing the agency', async () => {
    const { park, store } = stage;
    await park.openHome();
    await park.press('사용자 등록');
    await fillAll(park, {
      '개인정보 수집 및 이용에 대한 동의': '동의함',
      소속기관: 'ㅎㄱㅎㄱㄱㄷ',
    });
    await next(park);
    const text = await park.modalText();
    for (const part of ['한국환경공단', ...GUIDE]) expect(text).toContain(part);
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: park.userId } });
    expect(await store.db.draft.count({ where: { personId: id } })).toBe(0);
    expect(await store.db.filing.count({ where: { applicantId: id } })).toBe(0);
    await closeAll(park);
  });

  test('finds it on the home from then on', async () => {
    const { park } = stage;
    await park.waitFor(async () => (await park.homeText()).includes('1661-9088'));
    await park.openHome();
    const text = await park.homeText();
    for (const part of ['한국환경공단', ...GUIDE]) expect(text).toContain(part);
    expect(text).not.toContain('이용신청서 작성');
  });

  test('is refused kindly on every path to an application', async () => {
    const { park, store } = stage;
    await stage.bot.idle();
    const before = await contents(store);
    for (const press of [
      () => forgeClick(park, 'application.begin'),
      () => forgeClick(park, 'resultReport.begin'),
    ]) {
      await closeAll(park);
      await press();
      const text = await openedModal(park);
      expect(text).toContain('공공기관은 온라인으로 신청할 수 없습니다');
      expect(text).toContain('공공기관 신청 안내');
    }
    await closeAll(park);
    await park.command('/bogeup 신청');
    const text = await openedModal(park);
    for (const part of GUIDE) expect(text).toContain(part);
    expect(await contents(store)).toEqual(before);
  });

  test('can look at the guide before choosing anything, and can come back from a wrong choice', async () => {
    const { lee, park } = stage;
    await lee.openHome();
    await lee.press('공공기관 신청 안내');
    expect(await openedModal(lee)).toContain('1661-9088');
    await closeAll(park);
    await park.press('행정기관 사용자 등록', { in: 'home' });
    expect(await openedModal(park)).toContain('소속기관');
    await closeAll(park);
  });

  test('cannot get by with a window that was changed on its way', async () => {
    const { park, store } = stage;
    await park.press('행정기관 사용자 등록', { in: 'home' });
    await openedModal(park);
    const draft = await store.db.draft.findFirstOrThrow({ where: { procedure: 'registration' } });
    await store.db.draft.update({
      where: { id: draft.id },
      data: {
        answers: {
          agency: 'B552584',
          department: '정보화부',
          position: '과장',
          name: '박수진',
          phone: '032-590-4000',
          mobile: '010-2222-3333',
          email: 'park@public.or.kr',
          consent: 'AGREED',
        },
      },
    });
    const ack = await forgeSubmit(park, { callbackId: 'form.submit', metadata: { draft: draft.id } });
    expect(JSON.stringify(ack.body)).toContain('공공기관은 온라인으로 등록할 수 없습니다');
    expect(await store.db.filing.count({ where: { applicantId: draft.personId } })).toBe(0);
  });
});

test('an official cannot apply in the name of a 공공기관', async () => {
  const { kim } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await agree(kim);
  await kim.press('고치기', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('소속기관'));
  await kim.fill('소속기관', '한국환경공단');
  expect(await kim.submit()).toBe('errors');
  expect(kim.errors().소속기관).toContain('공공기관은 온라인으로 신청할 수 없습니다');
});

test('a registration of somebody else does not disturb the first', async () => {
  await closeAll(stage.lee);
  await register(stage.lee, '이정훈', '서울특별시');
  expect(await stage.store.db.filing.count({ where: { procedure: 'registration' } })).toBe(2);
});
