import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { application } from '../answers.ts';
import { docxText, hasPoppler, pdfText } from '../features/documents/read.ts';
import { apply, becomeUser, closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** The paper forms: blank, filled for a 공문, and an official's own. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const API = '행정전자서명 표준API 이용 신청서';
const SCVP = '행정전자서명 통합검증(SCVP) 이용 신청서';

/** The files of the newest message to this person, once it has come. */
async function received(person: Person) {
  const since = (await person.dm()).length;
  return async () => {
    await person.waitFor(async () => (await person.dm()).length > since);
    const message = (await person.dm()).at(-1);
    if (!message) throw new Error('no message');
    const files = await Promise.all(
      ((message.files ?? []) as { name: string; id: string }[]).map(async ({ name, id }) => ({
        name,
        bytes: await person.download(id),
      })),
    );
    return Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  };
}

const textOf = (name: string, bytes: Uint8Array): string =>
  name.endsWith('.docx') ? docxText(bytes) : hasPoppler ? pdfText(bytes) : '';

async function choosePublicAgency(person: Person): Promise<void> {
  await person.openHome();
  await person.press('사용자 등록');
  await fillAll(person, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '한국환경공단' });
  await next(person);
}

const applicant = {
  부서명: '정보화부',
  '이름(성명)': '박수진',
  전화번호: '032-590-4000',
  휴대전화번호: '010-2222-3333',
  이메일: 'park@keco.or.kr',
};

describe('a person of a 공공기관', () => {
  test('gets the blank forms where the way is explained', async () => {
    const { park } = stage;
    await choosePublicAgency(park);
    expect(await park.modalText()).toContain('신청서 작성하여 받기');
    let files = await received(park);
    await park.press('빈 신청서 받기', { in: 'modal' });
    const blank = await files();
    expect(Object.keys(blank).sort()).toEqual([`${API}.docx`, `${API}.pdf`]);
    for (const [name, bytes] of Object.entries(blank))
      if (textOf(name, bytes)) expect(textOf(name, bytes), name).toContain('【작성요령】');
    await closeAll(park);
    await park.openHome();
    files = await received(park);
    await park.press('SCVP 신청서 받기', { in: 'home' });
    const scvp = await files();
    expect(docxText(scvp[`${SCVP}.docx`] ?? new Uint8Array())).toContain('※VIP또는공인IP기입');
    await closeAll(park);
  });

  test('begins from the command too, and an 행정기관 cannot be chosen', async () => {
    const { park } = stage;
    await park.command('/bogeup 신청');
    await openedModal(park);
    await park.press('신청서 작성하여 받기', { in: 'modal' });
    await park.waitFor(async () => (await park.modalText()).includes('개인정보 동의'));
    await park.fill('개인정보 수집 및 이용에 대한 동의', '동의하지 않음');
    expect(await park.submit()).toBe('errors');
    await park.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
    await next(park);
    await fillAll(park, { 소속기관: '서울특별시', ...applicant });
    expect(await park.submit()).toBe('errors');
    expect(park.errors().소속기관).toContain('행정기관은 공문이 아니라 온라인으로 신청합니다');
    await park.fill('소속기관', '한국환경공단');
    await next(park);
    await closeAll(park);
  });

  test('goes on where it was left and receives the filled form; nothing of it stays', async () => {
    const { park, store, bot } = stage;
    await park.openHome();
    await park.press('신청서 작성하여 받기', { in: 'home' });
    expect(await openedModal(park)).toContain('이어서 작성합니다');
    await fillAll(park, { ...application.overview, 시스템명: '한국환경공단 부담금관리시스템' });
    await next(park);
    await fillAll(park, application.environment);
    await next(park);
    await fillAll(park, application.usage);
    await next(park);
    await fillAll(park, {
      '서버용 인증서': '기존보유',
      '보유한 인증서 CN': 'SVRB552584001',
      '서비스 개시예정일': '2027-03-02',
    });
    await next(park);
    expect(await park.modalText()).toContain('문서로 받기 전에 확인');
    const draft = await store.db.draft.findFirstOrThrow({ where: { procedure: 'paperForm' } });
    const files = await received(park);
    await next(park);
    expect(await park.modalText()).toContain('보내 드립니다');
    const filled = await files();
    const name = `${API}_한국환경공단 부담금관리시스템`;
    expect(Object.keys(filled).sort()).toEqual([`${name}.docx`, `${name}.pdf`]);
    for (const [file, bytes] of Object.entries(filled)) {
      const text = textOf(file, bytes);
      if (!text) continue;
      for (const part of [
        ...[
          '한국환경공단',
          '정보화부',
          '박수진',
          '010-2222-3333',
          'park@keco.or.kr',
          '1,500명',
          'SVRB552584001',
        ],
        ...['10.10.1.21,10.10.1.22', '☑행정망', '☑신규', '☑동의함', '2027년3월2일', '신청자:(이름)박수진'],
      ]) {
        expect(text, file).toContain(part);
      }
    }
    await bot.idle();
    expect(await store.db.draft.count({ where: { procedure: 'paperForm' } })).toBe(0);
    expect(await store.db.filing.count()).toBe(0);
    const rows = await store.db.outbox.findMany({ where: { notice: 'paper.filled' } });
    expect(rows).toMatchObject([{ state: 'SENT', facts: { draftId: draft.id } }]);
    await closeAll(park);
    const again = await forgeSubmit(park, {
      callbackId: 'form.submit',
      metadata: { draft: draft.id, step: '6' },
    });
    expect(JSON.stringify(again.body)).toContain('이미 제출했거나 삭제한 작성분입니다');
    await closeAll(park);
  });

  test('cannot finish what is not complete, with a window that was changed on its way', async () => {
    const { park, store } = stage;
    await park.openHome();
    await park.press('신청서 작성하여 받기', { in: 'home' });
    await openedModal(park);
    const draft = await store.db.draft.findFirstOrThrow({ where: { procedure: 'paperForm' } });
    const ack = await forgeSubmit(park, { callbackId: 'form.submit', metadata: { draft: draft.id } });
    expect(JSON.stringify(ack.body)).toContain('고칠 항목이 남아 있습니다');
    expect(await store.db.outbox.count({ where: { notice: 'paper.filled' } })).toBe(1);
    await closeAll(park);
  });
});

describe('an official', () => {
  test('downloads the own application as the paper form, and it is recorded', async () => {
    const { kim, store } = stage;
    await becomeUser(stage, kim, '김보람');
    await apply(kim);
    await kim.openHome();
    await kim.press('상세', { in: 'home' });
    expect(await openedModal(kim)).toContain('신청서 내려받기');
    const files = await received(kim);
    await kim.press('신청서 내려받기', { in: 'modal' });
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    const [[name, bytes] = ['', new Uint8Array()]] = Object.entries(await files());
    expect(name).toBe(`${API}_${filing.number}.pdf`);
    if (hasPoppler) {
      const text = pdfText(bytes);
      for (const part of [
        '행정안전부민원관리시스템',
        '김보람',
        '☑데이터송·수신용(☑암복호화/☑전자서명)',
        '구성도.pdf',
      ])
        expect(text).toContain(part);
    }
    const audit = await store.db.audit.findMany({ where: { action: 'filing.document' } });
    expect(audit).toMatchObject([{ subject: `filing:${filing.id}`, person: filing.applicantId }]);
    await closeAll(kim);
  });

  test('gets nobody else’s, nor a paper that does not exist', async () => {
    const { kim, lee, store } = stage;
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    const registration = await store.db.filing.findFirstOrThrow({ where: { procedure: 'registration' } });
    await lee.openHome();
    await forgeClick(lee, 'filing.document', filing.id);
    expect(await openedModal(lee)).toContain('본인이 제출했거나 담당하는 시스템의 신청서만');
    await closeAll(lee);
    await forgeClick(kim, 'filing.document', registration.id);
    expect(await openedModal(kim)).toContain('종이 서식이 없는 신청입니다');
    await closeAll(kim);
    await forgeClick(kim, 'paper.blank.none');
    expect(await openedModal(kim)).toContain('알 수 없는 서식입니다');
    await closeAll(kim);
    expect(await store.db.audit.count({ where: { action: 'filing.document' } })).toBe(1);
  });

  test('applies online instead of filling the paper', async () => {
    const { kim, store } = stage;
    await forgeClick(kim, 'paper.fill');
    expect(await openedModal(kim)).toContain('행정기관은 온라인으로 신청합니다');
    await closeAll(kim);
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    expect(await store.db.draft.count({ where: { personId: id, procedure: 'paperForm' } })).toBe(0);
  });
});
