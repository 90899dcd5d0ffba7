import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedResources } from '../../src/app/operator/starter-resources.ts';
import { starterFaq } from '../../src/features/board/resources/starter-faq.ts';
import { starterPapers } from '../../src/features/board/resources/starter-papers.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { pdf } from '../answers.ts';
import { closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** 자료실: found, fetched, filled, kept in versions. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const { store, clock } = stage;
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => {} };
  await seedResources(ground);
  await seedResources(ground); // another start
});
afterAll(() => stage?.close());

async function library(person: Person): Promise<void> {
  await person.openHome();
  await person.press('자료실', { in: 'home' });
  await openedModal(person);
}

async function open(person: Person, title: string): Promise<string> {
  const { id } = await stage.store.db.resource.findFirstOrThrow({ where: { title } });
  await forgeClick(person, 'resource.open', id);
  await person.waitFor(async () => (await person.modalText()).includes(title));
  return person.modalText();
}

const names = async (person: Person) => (await person.dm()).map(({ files }) => JSON.stringify(files ?? ''));

test('everybody finds by words in Korean, in order or not, and by category', async () => {
  const { park, store } = stage;
  expect(await store.db.resource.count()).toBe(starterFaq.length + starterPapers.length);
  await library(park);
  await park.fill('찾는 말', '방화벽 1216');
  expect(await park.submit()).toBe('updated');
  expect(await park.modalText()).toContain('1216');
  expect(await park.modalText()).toContain('자료 1건');
  await fillAll(park, { '찾는 말': '없는말', 분류: '서식' });
  expect(await park.submit()).toBe('updated');
  expect(await park.modalText()).toContain('찾는 자료가 없습니다');
  await closeAll(park);
  await library(park);
  await park.press('다음 쪽', { in: 'modal' });
  await park.waitFor(async () => (await park.modalText()).includes('2 / 2 쪽'));
  await closeAll(park);
});

test('the guide and the forms are there from the start, the forms as PDF and DOCX', async () => {
  const { park, store, clock } = stage;
  expect(await open(park, '표준API 설치가이드')).toContain('gpkiapi.lic');
  await closeAll(park);
  for (const title of ['행정전자서명 표준API 이용 신청서', '행정전자서명 표준API 적용결과표']) {
    await open(park, title);
    await park.press('받기', { in: 'modal' });
    await park.waitFor(async () => (await names(park)).some((files) => files.includes(`${title}.docx`)));
    expect((await names(park)).some((files) => files.includes(`${title}.pdf`))).toBe(true);
    await closeAll(park);
  }
  // What an officer withdrew stays so, and what an older database lacks comes.
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => {} };
  await store.db.resource.update({ where: { id: 'starter-form-scvp' }, data: { withdrawnAt: clock.now() } });
  await store.db.resourceVersion.deleteMany({ where: { resourceId: 'starter-install-guide' } });
  await store.db.resource.delete({ where: { id: 'starter-install-guide' } });
  await seedResources(ground);
  expect(await store.db.resource.count()).toBe(starterFaq.length + starterPapers.length);
  const scvp = await store.db.resource.findUniqueOrThrow({ where: { id: 'starter-form-scvp' } });
  expect(scvp.withdrawnAt).not.toBeNull();
  await store.db.resource.update({ where: { id: scvp.id }, data: { withdrawnAt: null } });
});

test('an officer adds a file that is what it claims to be', async () => {
  const { officer } = stage;
  await library(officer);
  await officer.press('자료 등록', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('FAQ는 답변을'));
  await fillAll(officer, { 분류: '설치가이드', 제목: '설치 안내서', 내용: '처음 설치할 때 봅니다.' });
  await officer.fill('첨부파일', { name: '../설치.zip', bytes: Buffer.from('not a zip') });
  expect(await officer.submit()).toBe('errors');
  expect(officer.errors().첨부파일).toContain('이름은 zip인데');
  await officer.fill('첨부파일', pdf('설치 1판.pdf'));
  await next(officer);
  await closeAll(officer);
});

test('an official gets the file as a message, and it is counted', async () => {
  const { kim, officer, store } = stage;
  await open(kim, '설치 안내서');
  await kim.press('받기', { in: 'modal' });
  await kim.waitFor(async () => (await names(kim)).some((name) => name.includes('설치 1판.pdf')));
  await closeAll(kim);
  expect(await open(officer, '설치 안내서')).toContain('받은 횟수 1');
  await closeAll(officer);
  expect(await store.db.audit.count({ where: { action: 'resource.file' } })).toBe(1);
});

test('a new version takes the place of the old one, which stays with a mark', async () => {
  const { kim, officer, clock } = stage;
  clock.advance(1000);
  await open(officer, '설치 안내서');
  await officer.press('고치기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('FAQ는 답변을'));
  await officer.fill('첨부파일', pdf('설치 2판.pdf'));
  await next(officer);
  await closeAll(officer);
  const shown = await open(kim, '설치 안내서');
  expect(shown).toContain('첨부파일: 설치 2판.pdf');
  expect(shown).toContain('이전 판(1판): 설치 1판.pdf');
  await kim.press('받기', { in: 'modal', nth: 1 });
  await kim.waitFor('자료실: 설치 안내서 (이전 판: 1판)');
  await closeAll(kim);
});

test('an answer becomes an FAQ entry with one press, without numbers and addresses', async () => {
  const { kim, officer, store } = stage;
  await kim.openHome();
  await kim.press('Q&A 문의', { in: 'home' });
  await openedModal(kim);
  await fillAll(kim, { 제목: 'WAS를 바꾸면?', '문의 내용': '10.1.2.3 에서 바꿉니다' });
  await next(kim);
  await closeAll(kim);
  const root = await officer.waitFor(async () =>
    (await officer.messages(DESK_CHANNEL)).find((message) => message.text.includes('WAS를 바꾸면')),
  );
  await officer.say(DESK_CHANNEL, '10.1.2.3 서버에 라이선스를 다시 넣으십시오.', [pdf('절차.pdf')], root.ts);
  await officer.waitFor(async () =>
    (await officer.messages(DESK_CHANNEL)).some(
      (m) => m.ts === root.ts && messageText(m).includes('답변 완료'),
    ),
  );
  await officer.press('FAQ로 등록', { in: ({ ts }) => ts === root.ts });
  await openedModal(officer);
  await next(officer);
  await closeAll(officer);
  const made = await store.db.resource.findFirstOrThrow({
    where: { title: 'WAS를 바꾸면?' },
    include: { versions: true },
  });
  expect(made).toMatchObject({ category: 'FAQ', text: '10.***.***.3 서버에 라이선스를 다시 넣으십시오.' });
  expect(JSON.stringify(made.versions[0]?.files)).toContain('절차.pdf');
  expect(made.questionId).not.toBeNull();
});

test('only officers add, correct and withdraw; what was withdrawn is not handed out', async () => {
  const { kim, officer, store } = stage;
  const { id } = await store.db.resource.findFirstOrThrow({ where: { title: '설치 안내서' } });
  for (const action of ['resource.add', 'resource.edit', 'resource.withdraw', 'resource.fromQuestion']) {
    await forgeClick(kim, action, id);
    expect(await openedModal(kim)).toContain('표준API 관리자만');
    await closeAll(kim);
  }
  await open(officer, '설치 안내서');
  await officer.press('거두기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('거둔 자료'));
  await closeAll(officer);
  for (const [action, value] of [
    ['resource.open', id],
    ['resource.get', `${id}:1`],
    ['resource.get', 'x:1'],
  ] as const) {
    await forgeClick(kim, action, value);
    expect(await openedModal(kim)).toContain('처리하지 않았습니다');
    await closeAll(kim);
  }
});
