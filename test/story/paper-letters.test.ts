import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { application, pdf } from '../answers.ts';
import { closeAll, fillAll, fillPaper, next, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 공문 접수 등록 follows the paper form, and a letter may bring several systems. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(async () => {
  await stage?.close();
});

describe('what the paper form does not have', () => {
  test('is not asked for, and what came has its place', async () => {
    const { officer, store } = stage;
    await fillPaper(officer, {
      overview: { 시스템명: '한국환경공단 수질정보시스템' },
      attachments: { '공문 문서번호': '2026-70호' },
    });
    const summary = await officer.modalText();
    for (const words of ['약관', '개발서버', 'HOST', 'Mac 주소']) expect(summary).not.toContain(words);
    expect(summary).toContain('신청서.pdf');
    await next(officer);
    await officer.waitFor(async () => (await officer.modalText()).includes('접수번호'));
    const kept = await store.db.consent.findMany();
    expect(kept.map(({ kind }) => kind)).not.toContain('terms');
  });

  test('one letter brings several systems, entered one after another', async () => {
    const { officer, officer2, store } = stage;
    await officer.press('같은 공문의 다음 시스템 입력', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('같은 공문의 다음 시스템입니다'));
    const { overview, environment, usage } = application;
    await fillAll(officer, { ...overview, 시스템명: '한국환경공단 대기정보시스템' });
    await next(officer);
    await fillAll(officer, environment);
    await next(officer);
    await fillAll(officer, usage);
    await next(officer);
    await fillAll(officer, { '서버용 인증서': '기존보유', '보유한 인증서 CN': 'SVRB552584002' });
    await next(officer);
    await fillAll(officer, { '서명한 신청서': pdf('신청서2.pdf'), '서비스 개시예정일': '2027-03-02' });
    await next(officer);
    expect(await officer.modalText()).toContain('2026-70호');
    await next(officer);
    await officer.waitFor(async () => (await officer.modalText()).includes('접수번호'));
    await closeAll(officer);
    const both = await store.db.filing.findMany({
      where: { letterKey: 'B552584/2026/2026-70호' },
      orderBy: { number: 'asc' },
    });
    expect(both.map(({ title }) => title)).toEqual([
      '한국환경공단 수질정보시스템',
      '한국환경공단 대기정보시스템',
    ]);
    // Whoever did not enter it does not go on with it.
    await forgeClick(officer2, 'paper.next', both[0]?.id);
    expect(await openedModal(officer2)).toContain('본인이 접수한 공문만 이어서 입력할 수 있습니다.');
    await closeAll(officer2);
  });
});
