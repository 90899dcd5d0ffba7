import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openLicence } from '../../src/records/licences/verify.ts';
import { application, pdf, report } from '../answers.ts';
import { testClock } from '../ground.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';
import { Hands } from './hands.ts';
import { dayFromNow, zipNamed } from './papers.ts';
import { pictureForReadme } from './pictures.ts';

/** The whole job of the bot, done on the page with a mouse and a keyboard. */
let stage: Stage;
let browser: Window;
/** The official and the first officer share one window at first; the others have their own. */
let kim: Hands;
let officer: Hands;
let watching: Hands;

beforeAll(async () => {
  // The page shows the time of the browser: the bot's clock is to agree with it.
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
  kim = new Hands(await browser.open(stage.workspace.url));
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('main-path')}`);
  expect(browser.faults).toEqual([]);
});

const DESK = '표준api-관리';
const downloaded = async (page: Page, click: () => Promise<void>) => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
};

test('a person is chosen on the first screen and registers', async () => {
  await pictureForReadme(kim.page, 'welcome');
  await kim.become('김보람');
  await kim.press('사용자 등록');
  await kim.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  await kim.press('다음', kim.modal);
  await expect.poll(() => kim.field('소속기관').textContent()).toContain('필수 항목입니다');

  const agency = kim.field('소속기관').getByRole('combobox');
  await agency.pressSequentially('ㅎㅈㅇㅈㅂ', { delay: 20 });
  await kim.field('소속기관').getByRole('option', { name: '행정안전부' }).click();
  expect(await agency.inputValue()).toContain('행정안전부');
  await kim.submit('다음', '2. 담당자 정보');

  await kim.fillAll({
    부서: '디지털안전정책과',
    이름: '김보람',
    전화번호: '044-205-1234',
    휴대전화번호: '010-12',
    이메일: 'kim@korea.kr',
  });
  await kim.press('제출', kim.modal);
  const wrong = kim.field('휴대전화번호').getByRole('alert');
  await wrong.waitFor();
  await kim.field('휴대전화번호').locator('input:focus').waitFor();
  await kim.fill('휴대전화번호', '010-1234-5678');
  await expect.poll(() => wrong.isVisible()).toBe(false);
  await kim.finish();
  await kim.page.getByText('검토중').first().waitFor();
});

test('the officer at the same computer reads the registration and approves it', async () => {
  await kim.become('최관리');
  officer = new Hands(kim.page);
  await officer.goToChannel(DESK);
  const card = officer.message('사용자 등록 · 검토중');
  await officer.press('검토', card);
  await officer.modal.getByText('자동 점검').waitFor();
  expect(await officer.modal.textContent()).toContain('010-1234-5678');
  await officer.closeModal();
  await officer.press('승인', card);
  await officer.agree('승인');
  const decided = officer.message('사용자 등록 · 승인완료');
  await decided.waitFor();
  expect(await decided.getByRole('button', { name: '승인', exact: true }).count()).toBe(0);

  officer = new Hands(await browser.open(`${stage.workspace.url}/#/U0OFFICER01/home`));
  await officer.page.getByText('기다리는 신청이 없습니다').waitFor();
  watching = new Hands(await browser.open(`${stage.workspace.url}/#/U0OFFICER02/C0DESK00001`));
});

test('the official is told, and begins the application', async () => {
  await kim.become('김보람');
  const tab = kim.page.getByRole('tab', { name: '메시지' });
  await expect.poll(() => tab.textContent()).toMatch(/^메시지[12]$/); // the receipt, if it was not overtaken
  await tab.click();
  await kim.message('사용자 등록이 승인되었습니다').waitFor();
  await expect.poll(() => tab.textContent()).toBe('메시지');
  await kim.goTo('홈');
  await kim.press('이용신청서 작성');
  await kim.modal.getByText('1. 약관·개인정보 동의').waitFor();
  await kim.fillAll({ '약관 동의': '동의하지 않음', '개인정보 수집 및 이용에 대한 동의': '동의함' });
  await kim.press('다음', kim.modal);
  await kim.field('약관 동의').getByText('동의하셔야 신청할 수 있습니다').waitFor();
  await kim.fill('약관 동의', '동의함');
});

test('a new step begins at its top, with the focus on the window and what is known of the official', async () => {
  const body = kim.modal.locator('.dialog-body');
  await body.evaluate((one) => one.scrollTo(0, one.scrollHeight));
  await kim.submit('다음', '2. 업무개요');
  await expect.poll(() => body.evaluate((one) => one.scrollTop)).toBe(0);
  expect(await kim.page.locator(':focus').textContent()).toBe('2. 업무개요');
  expect(await kim.modal.textContent()).toContain('김보람');
  expect(await kim.field('이용기관').locator('input').inputValue()).toBe('행정안전부');
});

test('what was saved is there again after the window was closed', async () => {
  await kim.fillAll(application.overview);
  await kim.modal.locator('.dialog-body').evaluate((one) => one.scrollTo(0, 0));
  await pictureForReadme(kim.page, 'form');
  await kim.submit('다음', '3. 적용시스템 세부사항');
  await kim.closeModal();
  await kim.goTo('메시지');
  await kim.goTo('홈');
  await kim.page.getByText('이용신청서: 행정안전부 민원관리시스템').waitFor();
  await kim.press('이용신청서 작성');
  await kim.modal.getByText('지난번에 작성하던 곳부터').waitFor();
  await kim.modal.getByText('3. 적용시스템 세부사항').waitFor();
  await kim.submit('이전 단계', '2. 업무개요');
  expect(await kim.field('시스템명').locator('input').inputValue()).toBe('행정안전부 민원관리시스템');
  await kim.submit('다음', '3. 적용시스템 세부사항');
});

test('closing asks only when something typed is not saved', async () => {
  await kim.fill('WAS 버전', 'Tomcat');
  await kim.page.keyboard.press('Escape');
  await kim.agree('계속 작성');
  expect(await kim.field('WAS 버전').locator('input').inputValue()).toBe('Tomcat');
});

test('fields come and go with what is chosen, and what was typed stays', async () => {
  await kim.field('JDK 버전').waitFor(); // Java is what most have
  await kim.fill('개발언어', 'PHP');
  await expect.poll(() => kim.field('JDK 버전').count()).toBe(0);
  await kim.fillAll({ '운영체제 상세': 'Linux was01' });
  await kim.fill('개발언어', 'Java');
  await kim.field('JDK 버전').waitFor();
  expect(await kim.field('운영체제 상세').locator('input').inputValue()).toBe('Linux was01');
  await kim.fillAll(application.environment);
  await kim.submit('다음', '4. 보안API 적용내역');
  await kim.fillAll(application.usage);
  await kim.submit('다음', '5. 서버용 인증서');
  await kim.fillAll({ ...application.servers, 'Mac 주소': '00:1A:2B' });
  await kim.press('다음', kim.modal);
  await kim.field('Mac 주소').getByRole('alert').waitFor();
  await kim.fill('Mac 주소', String(application.servers['Mac 주소']));
  await kim.submit('다음', '6. 첨부파일');
});

test('a file that is not what its name says is refused at its field; the others are kept', async () => {
  await kim.fillAll({
    '공문 문서번호': '디지털안전정책과-1234',
    '공문 시행일': dayFromNow(-3),
    첨부파일: [zipNamed('공문.pdf'), pdf('구성도.pdf'), pdf('업무프로세스.pdf')],
    '서비스 개시예정일': dayFromNow(90),
  });
  await kim.press('다음', kim.modal);
  const refusal = kim.field('첨부파일').getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain('공문.pdf');
  expect(await kim.field('공문 문서번호').locator('input').inputValue()).toBe('디지털안전정책과-1234');
  await kim.fill('첨부파일', [pdf('공문.pdf'), pdf('구성도.pdf'), pdf('업무프로세스.pdf')]);
  await kim.submit('다음', '입력한 내용을 확인하십시오');
});

test('a step is corrected from the summary, and the application is submitted', async () => {
  const summary = kim.modal;
  const part = summary.locator('.block-section', { hasText: '2. 업무개요' });
  await part.getByRole('button', { name: '고치기' }).click();
  await kim.modal.getByText('2. 업무개요').waitFor();
  await kim.fill('이용인원', '2,000명');
  await kim.submit('확인', '입력한 내용을 확인하십시오');
  await kim.modal.getByText('2,000명').waitFor();
  await kim.finish();
  await kim.page.getByText('이용신청 검토중').waitFor();
});

test('the officer returns it with words for two fields', async () => {
  await officer.goToChannel(DESK);
  const card = officer.message('이용신청 · 검토중');
  await pictureForReadme(officer.page, 'card');
  await officer.press('검토', card);
  await officer.modal.getByText('자동 점검').waitFor();
  await pictureForReadme(officer.page, 'review');
  await officer.closeModal();
  await officer.press('보완요청', card);
  await officer.fill('고칠 항목', '공문 문서번호');
  await officer.field('공문 문서번호').waitFor();
  await officer.fill('고칠 항목', 'WAS 버전');
  await officer.field('WAS 버전').waitFor();
  expect(await officer.field('고칠 항목').locator('.chip').allTextContents()).toEqual([
    expect.stringContaining('공문 문서번호'),
    expect.stringContaining('WAS 버전'),
  ]);
  await officer.press('보완요청', officer.modal);
  await officer.field('보완요청 사유').getByRole('alert').waitFor();
  await officer.fillAll({
    '공문 문서번호': '공문에 적힌 번호와 다릅니다.',
    'WAS 버전': '패치 번호까지 적어 주십시오.',
    '보완요청 사유': '두 가지를 고쳐 다시 제출해 주십시오.',
  });
  await officer.submit('보완요청', '신청자에게 알렸습니다');
  await officer.closeModal();
  await officer.message('이용신청 · 보완요청').waitFor();
});

test('another officer, who only looked on, saw the card change', async () => {
  await watching.message('이용신청 · 보완요청').waitFor();
  expect(await watching.page.getByText('이용신청 · 검토중').count()).toBe(0);
});

test('the official corrects what was asked for', async () => {
  await kim.goTo('메시지');
  await kim.press('수정하여 다시 제출', kim.message('두 가지를 고쳐 다시 제출해 주십시오'));
  await kim.modal.getByText('패치 번호까지 적어 주십시오').waitFor();
  await kim.fill('WAS 버전', 'Tomcat 9.0.98');
  for (const next of ['4. 보안API', '5. 서버용', '6. 첨부파일']) await kim.submit('다음', next);
  await kim.modal.getByText('공문에 적힌 번호와 다릅니다').waitFor();
  await kim.modal.getByText('첨부됨: 공문.pdf').waitFor();
  await kim.fill('공문 문서번호', '디지털안전정책과-1243');
  await kim.submit('다음', '입력한 내용을 확인하십시오');
  await kim.finish();
});

test('the officer sees what changed, fetches the letter and approves', async () => {
  const card = officer.message('이용신청 · 검토중');
  await officer.press('검토', card);
  await officer.modal.getByText('지난 제출과 달라진 항목 (2건)').waitFor();
  expect(await officer.modal.textContent()).toContain('Tomcat 9.0.85  →  Tomcat 9.0.98');
  await officer.modal.getByRole('button', { name: '공문 열기' }).click();
  await officer.modal.getByText('열어 봄').first().waitFor();
  await officer.closeModal();
  await officer.press('승인', card);
  const question = officer.page.getByRole('alertdialog').locator('.dialog-body');
  expect(await question.innerText()).toMatch(/민원관리시스템\n/); // the subject has a line of its own
  await officer.agree('승인');
  await officer.message('이용신청 · 검토완료').waitFor();
  await watching.message('이용신청 · 검토완료').waitFor();
  await officer.goTo('메시지');
  const letter = officer.message('첨부파일: 공문');
  const { bytes } = await downloaded(officer.page, () =>
    letter.getByRole('link', { name: '공문.pdf 내려받기' }).click(),
  );
  expect(bytes).toEqual(pdf('공문.pdf').bytes);
});

test('the temporary licence is fetched from the message and verifies', async () => {
  const message = kim.message('임시라이선스를 보내 드립니다');
  await message.waitFor();
  const link = message.getByRole('link', { name: /\.lic 내려받기$/ });
  await link.waitFor();
  await pictureForReadme(kim.page, 'licence');
  const { name, bytes } = await downloaded(kim.page, () => link.click());
  expect(name).toMatch(/^gpkiapi-TEMP-\d{4}-000001\.lic$/);
  expect(openLicence(bytes, [stage.signer.certificatePem])).toMatchObject({
    ok: true,
    payload: { kind: 'TEMPORARY' },
  });
});

test('the result report brings the regular licence', async () => {
  await kim.goTo('홈');
  await pictureForReadme(kim.page, 'home');
  await kim.press('적용결과표 제출');
  await kim.fillAll({ ...report.server, '운영서버 Mac 주소': '00:00:00:00:00:00' });
  await kim.press('다음', kim.modal);
  await kim.field('운영서버 Mac 주소').getByRole('alert').waitFor();
  await kim.fill('운영서버 Mac 주소', String(report.server['운영서버 Mac 주소']));
  await kim.submit('다음', '2. 적용 환경');
  await kim.submit('다음', '3. 시험결과');
  await kim.fillAll({
    '로그인 시험결과': '정상',
    '암복호화 시험결과': '정상',
    '전자서명 시험결과': '정상',
    적용일: dayFromNow(0),
  });
  await kim.submit('다음', '입력한 내용을 확인하십시오');
  await kim.finish();

  await officer.goToChannel(DESK);
  await officer.press('승인', officer.message('적용결과표 · 검토중'));
  await officer.agree('승인');
  await kim.goTo('메시지');
  // The message of the temporary licence says what comes next in the same words.
  const link = kim.message('이 라이선스로 바뀜').getByRole('link', { name: /\.lic 내려받기$/ });
  const { bytes } = await downloaded(kim.page, () => link.click());
  expect(openLicence(bytes, [stage.signer.certificatePem])).toMatchObject({
    ok: true,
    payload: { kind: 'REGULAR', previous: expect.stringMatching(/^TEMP-/) },
  });
});

test('/bogeup 현황 answers its typist alone with the state of the systems', async () => {
  await kim.say('/bogeup 현황');
  const answer = kim.message('나에게만 보이는 메시지입니다');
  await answer.getByText('승인완료').first().waitFor();
  expect(await answer.textContent()).toContain('행정안전부 민원관리시스템');
});
