import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { apply, approveApplication, becomeUser, card, closeAll, next, openedModal, report } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** The home, its figures and lists, the command, and the bot that answers when it is written to. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
afterAll(() => stage?.close());

/** The home as it is now. */
async function home(person = stage.kim): Promise<string> {
  await stage.bot.idle(); // what is delivered publishes the home as well
  await person.openHome();
  return (await person.homeText()).replaceAll('*', '');
}
const figure = (text: string, name: string) => new RegExp(`${name}\\s*(\\d+)\\s*건`).exec(text)?.[1];

describe('one system from first press to regular licence', () => {
  test('nothing yet', async () => {
    const text = await home();
    expect(figure(text, '전체 보급건수')).toBe('0');
    expect(figure(text, 'API 신청중')).toBe('0');
    expect(figure(text, 'Q&A 문의진행')).toBe('0');
    expect(text).toContain('신청한 시스템이 없습니다');
  });

  test('API 신청중 counts no change of contact: it leads to no licence', async () => {
    const { store, kim, clock } = stage;
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    const filing = { number: '2026-999999', state: 'OFFERED' as const, revision: 1, title: '담당자 변경' };
    const made = await store.db.filing.create({
      data: { ...filing, procedure: 'contactChange', applicantId: id, submittedAt: clock.now() },
    });
    expect(figure(await home(), 'API 신청중')).toBe('0');
    await store.db.filing.update({ where: { id: made.id }, data: { procedure: 'application' } });
    expect(figure(await home(), 'API 신청중')).toBe('1');
    await store.db.filing.delete({ where: { id: made.id } });
  });

  test('submitted: 검토중, to be corrected or withdrawn', async () => {
    const { kim } = stage;
    await apply(kim);
    await kim.waitFor(async () => (await kim.homeText()).includes('검토중')); // without opening it again
    const text = await home();
    expect(figure(text, 'API 신청중')).toBe('1');
    for (const part of ['행정안전부 민원관리시스템', '이용신청 검토중', '수정', '삭제', '상세'])
      expect(text).toContain(part);
    expect(text).not.toContain('다운로드');
  });

  test('approved: 검토완료, with the licence until its day, and no more to withdraw', async () => {
    const { kim } = stage;
    await approveApplication(stage, kim);
    const text = await home();
    expect(figure(text, '전체 보급건수')).toBe('0'); // only a regular licence counts
    expect(figure(text, 'API 신청중')).toBe('0');
    expect(text).toContain('이용신청 검토완료');
    expect(text).toMatch(/임시라이선스 TEMP-2026-000001 · 2027\. 1\. 23\.까지/);
    expect(text).not.toMatch(/^(수정|삭제)$/m);
  });

  test('다운로드 delivers again, each time on the record', async () => {
    const { kim, store, clock } = stage;
    const deliveries = async () => (await kim.dm()).filter((one) => one.files).length;
    const recorded = () => store.db.audit.count({ where: { action: 'licence.deliver' } });
    const [before, rows] = [await deliveries(), await recorded()];
    for (const more of [1, 2]) {
      clock.advance(60_000);
      await kim.press('다운로드', { in: 'home' });
      expect(await openedModal(kim)).toContain('TEMP-2026-000001');
      await closeAll(kim);
      await kim.waitFor(async () => (await deliveries()) === before + more);
      expect(await recorded()).toBe(rows + more);
    }
    const last = await store.db.audit.findFirst({
      where: { action: 'licence.deliver' },
      orderBy: { seq: 'desc' },
    });
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    expect(last).toMatchObject({ actor: id, person: id, subject: 'licence:TEMP-2026-000001' });
  });

  test('past its day it says what to do', async () => {
    const { clock } = stage;
    const now = clock.now();
    clock.set('2027-01-24T01:00:00.000Z');
    const text = await home();
    expect(text).toContain('유효기간이 지났습니다. 시험을 마쳤으면 적용결과표를 제출하고, 아직이면');
    expect(text).toContain('적용결과표 제출');
    clock.set(now);
  });

  test('reported and approved: 승인완료, and counted', async () => {
    const { kim, officer } = stage;
    await home();
    await kim.press('적용결과표 제출', { in: 'home' });
    await report(kim);
    expect(await home()).toContain('적용결과표 검토중');
    await officer.press('승인', { in: card('적용결과표 검토중') });
    await kim.waitFor('REG-2026-000001');
    const text = await home();
    expect(figure(text, '전체 보급건수')).toBe('1');
    expect(text).toContain('적용결과표 승인완료');
    expect(text).toContain('정상라이선스 REG-2026-000001');
    expect(text).not.toMatch(/TEMP-/);
    await kim.press('다운로드', { in: 'home' });
    expect(await openedModal(kim)).toContain('REG-2026-000001');
    await closeAll(kim);
  });

  test('승인취소 is called so, and leads back to the report', async () => {
    const { kim, officer } = stage;
    await officer.press('승인취소', { in: card('적용결과표 승인완료') });
    await officer.fill('승인취소 사유', '서버 IP 변경');
    await next(officer);
    await closeAll(officer);
    await kim.waitFor('서버 IP 변경');
    const text = await home();
    expect(text).toContain('적용결과표 승인취소');
    expect(figure(text, 'API 신청중')).toBe('1');
    expect(text).not.toMatch(/^삭제$/m); // what was issued is not taken back by throwing it away
  });

  test('상세 tells the whole story', async () => {
    const { kim } = stage;
    await kim.press('상세', { in: 'home' });
    const text = await openedModal(kim);
    for (const part of ['TEMP-2026-000001', 'REG-2026-000001', '이용신청서', '적용결과표'])
      expect(text).toContain(part);
    expect(text).toMatch(/TEMP-2026-000001[\s\S]*교체: REG-2026-000001/);
    expect(text).toMatch(/제출 · 김\*람[\s\S]*승인 · 최\*리[\s\S]*승인취소 · 최\*리 · 사유: 서버 IP 변경/);
    expect(text).toContain('10.10.1.21'); // their own words
    await closeAll(kim);
  });
});

describe('many systems', () => {
  const more = 6;
  beforeAll(async () => {
    const { store, kim, clock } = stage;
    const { db } = store;
    const one = await db.system.findFirstOrThrow();
    const filing = await db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    const revision = await db.revision.findFirstOrThrow({ where: { filingId: filing.id } });
    const { id } = await db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    for (let n = 1; n <= more; n++) {
      const createdAt = new Date(clock.now().getTime() + n * 1000);
      const system = await db.system.create({
        data: { name: `행정안전부 추가 ${n}`, agencyCode: one.agencyCode, contactId: id, createdAt },
      });
      const { id: filingId } = await db.filing.create({
        data: {
          number: `2026-9${n}`,
          procedure: 'application',
          state: 'SUBMITTED',
          revision: 1,
          title: system.name,
          applicantId: id,
          agencyCode: one.agencyCode,
          systemId: system.id,
          submittedAt: createdAt,
        },
      });
      await db.revision.create({
        data: {
          filingId,
          number: 1,
          answers: revision.answers as object,
          submittedBy: id,
          submittedAt: createdAt,
        },
      });
    }
  });

  test('five a page, newest first, and the way on and back', async () => {
    const { kim } = stage;
    const first = await home();
    expect(first).toContain(`내 시스템 ${more + 1}건`);
    for (const n of [6, 5, 4, 3, 2]) expect(first).toContain(`행정안전부 추가 ${n}`);
    expect(first).not.toContain('행정안전부 추가 1');
    expect(first).toContain('1 / 2 쪽');
    expect(first).not.toContain('이전 쪽');
    await kim.press('다음 쪽', { in: 'home' });
    await kim.waitFor(async () => (await kim.homeText()).includes('2 / 2 쪽'));
    const second = await kim.homeText();
    expect(second).toContain('행정안전부 추가 1');
    expect(second).toContain('행정안전부 민원관리시스템');
    expect(second).not.toContain('다음 쪽');
    await kim.press('이전 쪽', { in: 'home' });
    await kim.waitFor(async () => (await kim.homeText()).includes('1 / 2 쪽'));
  });

  test.each(['99', '-3', '1.5', 'x', '1e300', 'Infinity'])('a page %s that is not there', async (value) => {
    const { kim } = stage;
    const before = (await kim.home())?.hash;
    await forgeClick(kim, 'home.page.next', value);
    await kim.waitFor(async () => (await kim.home())?.hash !== before || (await kim.modal()) !== null);
    expect(await kim.modalText()).not.toContain('처리하지 못했습니다');
    const text = await kim.homeText();
    expect(text).toMatch(/[12] \/ 2 쪽/);
    expect(text).toContain('행정안전부');
  });

  test('the officers’ home counts what waits, oldest first, and opens it', async () => {
    const { officer } = stage;
    const text = await home(officer);
    expect(text).toContain(`검토 대기 ${more}건`);
    expect(text.indexOf('추가 1')).toBeLessThan(text.indexOf('추가 6'));
    await officer.press('검토', { in: 'home' });
    expect(await openedModal(officer)).toContain('접수번호 2026-91');
    await closeAll(officer);
  });
});

describe('the command and the message box', () => {
  const lastDm = async (person = stage.kim) => messageText((await person.dm()).at(-1) ?? {});

  test.each(['도움말', ''])('/bogeup %s explains itself', async (word) => {
    const { kim } = stage;
    const before = (await kim.dm()).length;
    await kim.command(`/bogeup ${word}`);
    await kim.waitFor(async () => (await kim.dm()).length > before);
    const text = await lastDm();
    for (const part of ['/bogeup 신청', '/bogeup 현황', '1661-9088 (내선 2번)']) expect(text).toContain(part);
    expect(text).not.toContain('알 수 없는 명령');
  });

  test('/bogeup 현황 shows the lists, to the typist only', async () => {
    const { kim, officer } = stage;
    await kim.command('/bogeup 현황');
    await kim.waitFor(async () => (await lastDm()).includes('내 시스템'));
    expect((await kim.dm()).at(-1)).toMatchObject({ ephemeral: true });
    const texts = (await officer.allMessages()).map(messageText);
    expect(texts.some((text) => text.includes('내 시스템'))).toBe(false);
  });

  test('/bogeup 신청 opens the form', async () => {
    const { kim, lee } = stage;
    await kim.command('/bogeup 신청');
    expect(await openedModal(kim)).toContain('이용신청서');
    await closeAll(kim);
    await lee.command('/bogeup 신청');
    expect(await openedModal(lee)).toContain('사용자 등록 신청서');
    await closeAll(lee);
  });

  test('/bogeup 문의 opens the question form', async () => {
    const { kim } = stage;
    await kim.command('/bogeup 문의');
    expect(await openedModal(kim)).toContain('Q&A 문의');
    await closeAll(kim);
  });

  test('a word that it does not know is named, as it was typed', async () => {
    const { kim } = stage;
    await kim.command('/bogeup <!channel> *보고*');
    await kim.waitFor(async () => (await lastDm()).includes('알 수 없는 명령'));
    const message = (await kim.dm()).at(-1);
    expect(messageText(message ?? {})).toContain('‘<!channel> *보고*’: 알 수 없는 명령입니다');
    expect(JSON.stringify(message?.blocks)).not.toContain('mrkdwn');
  });

  test('whoever writes to the bot is answered once', async () => {
    const { kim } = stage;
    const before = (await kim.dm()).length;
    await kim.say('dm', '저번에 그거 있잖아요');
    await kim.waitFor(async () => (await kim.dm()).length >= before + 2);
    await stage.bot.idle();
    expect((await kim.dm()).length).toBe(before + 2);
    expect(await lastDm()).toContain('1661-9088');
  });

  test('also with a file', async () => {
    const { kim } = stage;
    const before = (await kim.dm()).length;
    await kim.say('dm', '한번 봐 주십시오', [{ name: '신청서.hwp', bytes: Buffer.from('x') }]);
    await kim.waitFor(async () => (await kim.dm()).length >= before + 2);
    expect(await lastDm()).toContain('‘신청서.hwp’ 파일은 라이선스가 아닙니다');
    const answers = (await kim.dm()).filter((one) => messageText(one).includes('파일은 라이선스가 아닙니다'));
    expect(answers).toHaveLength(1); // and none to the files that the bot itself sent
  });
});
