import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { application, pdf } from '../answers.ts';
import { becomeUser, fillAll, fillApplication, next, openedModal } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

/** The step with the attachments: what is refused at its field, and that everything else stays. */
const MB = 1024 * 1024;
let stage: Stage;
let kim: Person;

beforeAll(async () => {
  stage = await setStage({ patience: 2000 });
  kim = stage.kim;
  await becomeUser(stage, kim, '김보람');
  await fillApplication(kim);
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('첨부됨: 구성도.pdf'));
  await anew();
  await kim.press('구성도 바꾸기', { in: 'modal' });
  await kim.waitFor(async () => !(await kim.modalText()).includes('구성도 바꾸기'));
});
afterAll(() => stage?.close());

const sized = (name: string, size: number) => {
  const bytes = Buffer.alloc(size, 0x20);
  bytes.write('%PDF-1.4\n');
  return { name, bytes };
};
const zip = Buffer.from('504b0304140000000000000000000000000000000000000000000100000061', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const exe = Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00\x00\x00'), Buffer.alloc(512)]);

const refused: [what: string, file: { name: string; bytes: Buffer }, text: RegExp][] = [
  [
    'a program with another name',
    { name: '공문.pdf', bytes: exe },
    /‘공문\.pdf’ 파일은 이름은 pdf인데 내용은 실행 파일/,
  ],
  ['one byte over 3 MB', sized('큰공문.pdf', 3 * MB + 1), /큰공문\.pdf.*3MB를 넘습니다/],
  ['an empty file', { name: '빈.pdf', bytes: Buffer.alloc(0) }, /비어 있습니다/],
  ['a zip called pdf', { name: '공문.pdf', bytes: zip }, /이름은 pdf인데 내용은 압축 파일/],
  ['hwpx', { name: '공문.hwpx', bytes: zip }, /HWPX 문서입니다\. PDF로 변환하여/],
  ['docx', { name: '공문.docx', bytes: zip }, /docx.*PDF로 변환하여/],
  ['png', { name: '구성도.png', bytes: png }, /PNG 그림입니다\. PDF로 변환하여/],
];

test.each(refused)('%s is refused at its field; the rest stays', async (_what, file, text) => {
  await kim.fill('공문, 구성도', [file, pdf('새구성도.pdf')]);
  await kim.fill('공문 문서번호', '총무과-99');
  expect(await kim.submit()).toBe('errors');
  expect(Object.keys(kim.errors())).toEqual(['공문, 구성도']);
  expect(kim.errors()['공문, 구성도']).toMatch(text);
  const stored = (await stage.store.db.draft.findFirstOrThrow()).answers as Record<string, unknown>;
  expect(stored).toMatchObject({
    letterNumber: '총무과-99',
    letter: [{ name: '공문.pdf' }], // the one that was good
    diagram: [{ name: '새구성도.pdf' }],
  });
});

/** The field of a file that is there is asked for. */
async function anew(): Promise<void> {
  await kim.press('공문 바꾸기', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('그대로 두기'));
}

test('exactly 3 MB is taken', async () => {
  await kim.fill('공문, 구성도', [sized('딱맞는공문.pdf', 3 * MB), pdf('새구성도.pdf')]);
  await next(kim);
  await kim.waitFor(async () => (await kim.modalText()).includes('딱맞는공문.pdf (3.0 MB)'));
});

test('a kept file need not be chosen again, and can be replaced', async () => {
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('✔ 첨부됨: 딱맞는공문.pdf'));
  await next(kim);
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('첨부됨'));
  await anew();
  await kim.fill('공문', pdf('바꾼공문.pdf'));
  await next(kim);
  expect(await kim.modalText()).toContain('바꾼공문.pdf');
});

test('a name with folders and a turned reading direction becomes a plain name', async () => {
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('첨부됨'));
  await anew();
  await kim.fill('공문', pdf('../../etc/공문\u202efdp.exe.pdf'));
  await next(kim);
  const text = await kim.modalText();
  expect(text).toContain('공문fdp.exe.pdf');
  expect(text).not.toMatch(/\.\.|\u202e/);
});

/** Nothing can be written to the drafts for this long: a busy database, or a slow file store. */
function busy(ms: number): Promise<void> {
  return stage.store.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE "Draft" IN ACCESS EXCLUSIVE MODE`;
      await new Promise((resolve) => setTimeout(resolve, ms));
    },
    { timeout: 120_000 },
  );
}

test('what takes longer than Slack waits is answered at once and shown when it is there', async () => {
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('첨부됨'));
  await anew();
  const { 첨부파일: _three, ...rest } = application.attachments;
  await fillAll(kim, { ...rest, 공문: pdf('늦은공문.pdf') });
  const over = busy(3500);
  await next(kim); // acknowledged in time
  expect(await kim.modalText()).toContain('처리하고 있습니다');
  await over;
  await kim.waitFor(async () => (await kim.modalText()).includes('늦은공문.pdf'));
  expect(await kim.modalText()).toContain('입력한 내용을 확인하십시오');
});

test('a refusal that comes late is shown at its field, with what was typed', async () => {
  await kim.press('고치기', { in: 'modal', nth: 6 });
  await kim.waitFor(async () => (await kim.modalText()).includes('첨부됨'));
  await anew();
  await fillAll(kim, { 공문: { name: '공문.pdf', bytes: exe }, '공문 문서번호': '기획과-5' });
  const over = busy(3500);
  await next(kim);
  expect(await kim.modalText()).toContain('처리하고 있습니다');
  await over;
  await kim.waitFor(async () => (await kim.modalText()).includes('✖'));
  const text = await kim.modalText();
  expect(text).toContain('내용은 실행 파일');
  expect(text).toContain('첨부됨: 늦은공문.pdf');
  expect(JSON.stringify((await kim.modal())?.state.values.letterNumber)).toContain('기획과-5');
});

test('a second submission that comes late while the first works makes one filing', async () => {
  await fillAll(kim, { 공문: pdf('공문.pdf') });
  await next(kim);
  expect(await openedModal(kim)).toContain('입력한 내용을 확인하십시오');
  const over = busy(3000);
  await next(kim);
  await over;
  await kim.waitFor(async () => (await kim.modalText()).includes('처리했습니다'));
  expect(await stage.store.db.filing.count({ where: { procedure: 'application' } })).toBe(1);
});
