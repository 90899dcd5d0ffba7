import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { messageText, viewText } from '../../src/sandbox/visible-text.ts';
import { application, pdf } from '../answers.ts';
import { runs } from '../runs.ts';
import { agree, card, closeAll, fillAll, next, openedModal, register } from './acts.ts';
import { ackText, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/**
 * Text that tries to be more than text, typed wherever something can be typed, and then looked for in every window,
 * home and message: it must come out as plain text, and personal data must stay out of the officers' channel.
 */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await register(stage.kim, '김보람');
  await stage.officer.press('승인', { in: card('사용자 등록 검토중') });
  await stage.kim.waitFor('사용자 등록이 승인되었습니다');
});
afterAll(() => stage?.close());

const nasties = [
  '<!channel> 전체 공지',
  '<!here|여기> <!subteam^S123>',
  '<@U0OFFICER01> 승인 부탁',
  '<https://evil.example|승인하기>',
  '*굵게* _기울임_ ~취소~',
  '`코드` ```여러 줄```',
  '&lt;!channel&gt; &amp;amp;',
  ':white_check_mark: :승인:',
  '정상\u202efdp.exe\u202c \u2066숨김\u2069',
  '영\u200b폭\u200d글\ufeff자',
  '> 인용 • 목록',
  '"); DROP TABLE "Filing"; --',
  '=HYPERLINK("http://evil.example")',
  '가'.repeat(2000),
  '𝕳𝖊𝖑𝖑𝖔👩‍👩‍👧‍👦'.repeat(60),
  '{"type":"mrkdwn","text":"x"}',
];

/** In front of whatever is planted, so that it is found again. */
const TOKEN = 'ZQX';
const LIMITS = {
  시스템명: 100,
  업무내용: 1000,
  이용기관: 100,
  '재배포 사유': 500,
  '운영체제 상세': 300,
  'WAS 버전': 100,
  'JDK 버전': 100,
  '기타 적용분야': 300,
  '보완요청 사유': 500,
  '고칠 항목': 500,
  '적용한 모듈 버전': 100,
  비고: 1000,
} as const;
type Planted = Record<keyof typeof LIMITS, string>;

const plantedText = (max: number) =>
  fc.constantFrom(...nasties).map((nasty) => [...`${TOKEN} ${nasty}`].slice(0, max / 2).join(''));
const planted = fc.record(
  Object.fromEntries(Object.entries(LIMITS).map(([label, max]) => [label, plantedText(max)])),
) as unknown as fc.Arbitrary<Planted>;

type Json = Record<string, unknown>;
const seen: { where: string; blocks: unknown }[] = [];

async function look(person: Person, where: string): Promise<void> {
  const view = await person.modal();
  if (view) seen.push({ where, blocks: { title: view.title, blocks: view.blocks, submit: view.submit } });
}
async function lookHome(person: Person, where: string): Promise<void> {
  await stage.bot.idle();
  await person.openHome();
  seen.push({ where, blocks: (await person.home())?.blocks });
}

function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  else if (value && typeof value === 'object') {
    yield value as Json;
    for (const one of Object.values(value)) yield* objectsIn(one);
  }
}

const INVISIBLE = /\p{Cf}|[^\P{Cc}\n\t]/u;

/** Every text, as it was sent: nothing unescaped. */
const rawText = (blocks: unknown) => [...objectsIn(blocks)].map((one) => String(one.text ?? '')).join('\n');

/** What is wrong with these blocks: planted text that Slack would format, or signs that nobody sees. */
function faultsIn(where: string, blocks: unknown): string[] {
  const faults: string[] = [];
  for (const one of objectsIn(blocks)) {
    const text = typeof one.text === 'string' ? one.text : '';
    if (one.type === 'mrkdwn' && text.includes(TOKEN)) faults.push(`${where}: mrkdwn ${text}`);
    if (one.type === 'plain_text' && one.emoji !== false && text.includes(TOKEN))
      faults.push(`${where}: emoji ${text}`);
    if (['user', 'link', 'broadcast', 'channel', 'emoji', 'usergroup'].includes(String(one.type)))
      faults.push(`${where}: ${JSON.stringify(one)}`);
    if (INVISIBLE.test(text) || INVISIBLE.test(String(one.initial_value ?? '')))
      faults.push(`${where}: invisible ${JSON.stringify(one)}`);
  }
  return faults;
}

/** The fallback of a message is the one text that Slack always parses. */
function faultsOfMessage(where: string, message: SeenMessage): string[] {
  const text = String(message.text ?? '');
  const faults = faultsIn(where, message.blocks);
  if (text.includes(TOKEN) && /[<>]|&(?!amp;|lt;|gt;)/.test(text)) faults.push(`${where}: fallback ${text}`);
  if (text.includes(TOKEN) && /(?<!\u200b)[*_~`](?!\u200b)/.test(text))
    faults.push(`${where}: marker ${text}`);
  return faults;
}

/** As it must be readable: without what cannot be seen, in one normal form. */
const readable = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .normalize('NFC');

async function fillWith(person: Person, text: Planted): Promise<void> {
  await person.openHome();
  await person.press('이용신청서 작성');
  await agree(person);
  const pick = (...labels: (keyof Planted)[]) => Object.fromEntries(labels.map((each) => [each, text[each]]));
  const parts: Record<string, Parameters<Person['fill']>[1]>[] = [
    {
      ...application.overview,
      신청사유: '재배포',
      ...pick('시스템명', '업무내용', '이용기관', '재배포 사유'),
    },
    { ...application.environment, ...pick('운영체제 상세', 'WAS 버전', 'JDK 버전') },
    { ...application.usage, 적용분야: ['로그인용', '데이터 송·수신용', '기타'], ...pick('기타 적용분야') },
    application.servers,
    {
      ...application.attachments,
      첨부파일: [pdf(`${TOKEN}<!channel>*공문*.pdf`), pdf('구성도.pdf'), pdf('업무프로세스.pdf')],
    },
  ];
  for (const part of parts) {
    await fillAll(person, part);
    await look(person, 'a step of the form');
    await next(person);
  }
  await look(person, 'the summary');
}

const operation = {
  '운영서버 IP 주소': '10.10.1.21',
  '운영서버 HOST': 'was01',
  '운영서버 Mac 주소': '00:1A:2B:3C:4D:6F',
  도메인: 'minwon.mois.go.kr',
  '실제 정보 확인': ['위 내용이 운영서버의 실제 정보임을 확인했습니다.'],
};
const results = {
  '로그인 시험결과': '정상',
  '암복호화 시험결과': '정상',
  '전자서명 시험결과': '정상',
  '기타 시험결과': '정상',
  적용일: '2026-11-23',
};

async function wholeLife(text: Planted): Promise<void> {
  const { kim, officer } = stage;
  await fillWith(kim, text);
  expect(rawText((await kim.modal())?.blocks)).toContain(readable(text.업무내용));
  await next(kim);
  await look(kim, 'the receipt');
  await closeAll(kim);

  const WAITS = card('이용신청 검토중');
  await officer.press('보완요청', { in: WAITS });
  await officer.fill('고칠 항목', ['시스템명']);
  await officer.fill('시스템명', text['고칠 항목']);
  await officer.fill('보완요청 사유', text['보완요청 사유']);
  await look(officer, 'the decision');
  await next(officer);
  await look(officer, 'the decision’s receipt');
  await closeAll(officer);
  await lookHome(kim, 'the applicant’s home');
  await kim.press('수정', { in: 'home' });
  await openedModal(kim);
  await look(kim, 'the form with remarks');
  await kim.fill('시스템명', `${TOKEN} ${text.시스템명}`.slice(0, 100).toWellFormed().replace('\ufffd', ''));
  for (let step = 0; step < 6; step++) await next(kim);
  await closeAll(kim);
  await lookHome(officer, 'the officer’s home');
  await officer.press('검토', { in: WAITS });
  await openedModal(officer);
  const review = rawText((await officer.modal())?.blocks);
  for (const label of [
    '업무내용',
    '이용기관',
    '재배포 사유',
    '운영체제 상세',
    'WAS 버전',
    'JDK 버전',
  ] as const)
    expect(review, label).toContain(readable(text[label]));
  await look(officer, 'the review');
  await closeAll(officer);
  const sent = (await kim.dm()).length;
  await officer.press('승인', { in: WAITS });
  await kim.waitFor(async () => (await kim.dm()).slice(sent).some((one) => one.files));
  await lookHome(kim, 'the applicant’s home with a licence');
  await kim.press('적용결과표 제출', { in: 'home', nth: 1 });
  await openedModal(kim);
  await fillAll(kim, operation);
  await next(kim);
  await fillAll(kim, { '적용한 모듈 버전': text['적용한 모듈 버전'] });
  await next(kim);
  await fillAll(kim, { ...results, 비고: text.비고 });
  await look(kim, 'the report');
  await next(kim);
  await look(kim, 'the report’s summary');
  await next(kim);
  await closeAll(kim);
  await kim.command('/bogeup 현황');
  await lookHome(kim, 'the applicant’s home with a report');
  await kim.press('상세', { in: 'home' });
  await openedModal(kim);
  await look(kim, 'the detail');
  await closeAll(kim);
  await officer.press('승인', { in: card('적용결과표 검토중') });
  await stage.bot.idle();
}

test('hostile text comes out as plain text everywhere', async () => {
  await fc.assert(
    fc.asyncProperty(planted, async (text) => {
      seen.length = 0;
      for (const person of [stage.kim, stage.officer]) await closeAll(person);
      await stage.store.db.draft.deleteMany();
      await wholeLife(text);
      const { kim, officer } = stage;
      expect(seen.flatMap(({ where, blocks }) => faultsIn(where, blocks))).toEqual([]);
      expect((await kim.dm()).flatMap((one) => faultsOfMessage('a message', one))).toEqual([]);
      const desk = await officer.messages(DESK_CHANNEL);
      expect(desk.flatMap((one) => faultsOfMessage('a card', one))).toEqual([]);
      expect((await officer.dm()).flatMap((one) => faultsOfMessage('an officer’s message', one))).toEqual([]);
    }),
    { numRuns: runs(1, 4), endOnFailure: true },
  );
  // The check itself saw what it is about.
  expect(seen.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['the summary', 'the review', 'the detail', 'the form with remarks']),
  );
  expect(seen.filter(({ blocks }) => viewText({ blocks } as Json).includes(TOKEN)).length).toBeGreaterThan(6);
});

test('no message of the officers’ channel holds a name, a number, an address', async () => {
  const { officer } = stage;
  const desk = await officer.messages(DESK_CHANNEL);
  expect(desk.length).toBeGreaterThan(3);
  const secrets =
    /김보람|010-?1234-?5678|044-?205-?1234|kim@korea\.kr|\b10\.10\.\d+\.\d+|00:1A:2B|devwas01|was01|minwon\.mois/i;
  for (const message of desk) {
    expect(`${messageText(message)}\n${message.text}`).not.toMatch(secrets);
    expect(JSON.stringify(message)).not.toMatch(secrets); // also in what is not on the screen
  }
  expect(desk.some((message) => messageText(message).includes('김*람'))).toBe(true);
  expect(desk.some((message) => message.files)).toBe(false);
});

test('halves of characters and controls are taken out, not stumbled over', async () => {
  const { kim, store } = stage;
  await closeAll(kim);
  await store.db.draft.deleteMany();
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await openedModal(kim);
  const { draft } = JSON.parse(String((await kim.modal())?.private_metadata)) as { draft: string };
  const ack = await forgeSubmit(kim, {
    callbackId: 'form.step',
    metadata: { draft, step: '2' },
    values: {
      systemName: {
        'form.value': { type: 'plain_text_input', value: '행정\u0000안전\ud800부\u0007 시스템' },
      },
      nothing: { 'form.value': { type: 'plain_text_input', value: 'x' } },
      __proto__: { 'form.value': { type: 'plain_text_input', value: 'x' } },
    },
  });
  expect(ackText(ack)).not.toContain('처리하지 못했습니다');
  const stored = (await store.db.draft.findUniqueOrThrow({ where: { id: draft } })).answers as Json;
  expect(stored.systemName).toBe('행정안전부 시스템');
  expect(Object.keys(stored)).not.toContain('nothing');
});

test('a file is only fetched from Slack, and one that cannot be had is refused at its field', async () => {
  const { kim } = stage;
  const { draft } = JSON.parse(String((await kim.modal())?.private_metadata)) as { draft: string };
  const fileAt = (url: string) => ({
    letter: {
      'form.value': {
        type: 'file_input',
        files: [{ id: 'F1', name: '\u202efdp.공문.pdf', size: 100, url_private_download: url }],
      },
    },
    letterNumber: { 'form.value': { type: 'plain_text_input', value: '총무과-1' } },
  });
  const own = new URL(stage.workspace.apiUrl).origin;
  for (const url of [
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/files-pri/x/a.pdf',
    'file:///etc/passwd',
    'not a url',
    `${own}/files-pri/T0LOCAL0001-FNOTTHERE00/a.pdf`, // leads to a log-in page, as Slack's does
  ]) {
    const ack = await forgeSubmit(kim, {
      callbackId: 'form.step',
      metadata: { draft, step: '6' },
      values: fileAt(url),
    });
    expect(ackText(ack), url).toContain('파일을 읽지 못했습니다');
    expect(ackText(ack)).not.toMatch(/\u202e/);
  }
});
