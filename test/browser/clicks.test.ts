import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { application, only, pdf } from '../answers.ts';
import { testClock } from '../ground.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';
import { Hands } from './hands.ts';
import { dayFromNow } from './papers.ts';

/** How many clicks and windows an official's own way takes on the page, and an officer's; counted and printed. */
let stage: Stage;
let browser: Window;
let kim: Hands;
const table: string[] = [];

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
  kim = new Hands(await browser.open(`${stage.workspace.url}/#/U0KIM000001/home`));
});
afterAll(async () => {
  for (const line of table) process.stdout.write(`${line}\n`);
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('clicks')}`);
  expect(browser.faults).toEqual([]);
});

function counted(what: string, most: { clicks: number; windows: number }, { clicks, windows } = kim): void {
  table.push(`${what}: ${clicks} of ${most.clicks} clicks, ${windows} of ${most.windows} windows`);
  expect(clicks, what).toBeLessThanOrEqual(most.clicks);
  expect(windows, what).toBeLessThanOrEqual(most.windows);
}

const { overview, environment, usage, servers } = application;
const attachments = (number: string) => ({
  '공문 문서번호': number,
  '공문 시행일': dayFromNow(-3),
  첨부파일: [pdf('공문.pdf'), pdf('구성도.pdf'), pdf('업무프로세스.pdf')],
});

test('사용자 등록 and the first 이용신청, from the home to the receipt', async () => {
  await kim.openWindow('사용자 등록', '1. 개인정보 동의');
  await kim.fillAll({ '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '행정안전부' });
  await kim.submit('다음', '2. 담당자 정보');
  await kim.fillAll({
    부서: '디지털안전정책과',
    이름: '김보람',
    전화번호: '044-205-1234',
    휴대전화번호: '010-1234-5678',
    이메일: 'kim@korea.kr',
  });
  await kim.finish();
  await stage.officer.press('승인', { in: ({ text }) => text.includes('사용자 등록') });

  await kim.openWindow('이용신청서 작성', '1. 약관·개인정보 동의');
  await kim.fillAll({ '약관 동의': '동의함', '개인정보 수집 및 이용에 대한 동의': '동의함' });
  await kim.submit('다음', '2. 업무개요');
  await kim.fillAll(only(overview, '시스템명', '업무내용', '이용인원'));
  await kim.submit('다음', '3. 적용시스템 세부사항');
  await kim.fillAll(only(environment, '운영체제 상세', 'WAS 버전', 'IP 주소', 'JDK 버전'));
  await kim.submit('다음', '4. 보안API 적용내역');
  await kim.fillAll({ 적용분야: ['데이터 송·수신용'], ...only(usage, '로그인 URL') });
  await kim.submit('다음', '5. 서버용 인증서');
  const { '서버용 인증서': _preset, ...typed } = servers;
  await kim.fillAll(typed);
  await kim.submit('다음', '6. 첨부파일');
  await kim.fillAll({ ...attachments('디지털안전정책과-1234'), '서비스 개시예정일': dayFromNow(90) });
  await kim.submit('다음', '입력한 내용을 확인하십시오');
  await kim.finish();
  counted('registration and first application', { clicks: 38, windows: 9 });
});

test('the second 이용신청 starts from the last', async () => {
  kim.clicks = 0;
  kim.windows = 0;
  await kim.openWindow('이용신청서 작성', '1. 약관·개인정보 동의');
  await kim.fillAll({ '약관 동의': '동의함', '개인정보 수집 및 이용에 대한 동의': '동의함' });
  await kim.submit('다음', '지난번 신청의 내용을 불러왔습니다: 행정안전부 민원관리시스템');
  await kim.fillAll({ 시스템명: '행정안전부 통계시스템', 업무내용: '통계 작성' });
  await kim.submit('다음', '3. 적용시스템 세부사항');
  await kim.fill('IP 주소', '10.10.3.21');
  await kim.submit('다음', '4. 보안API 적용내역');
  await kim.fill('로그인 URL', 'https://stat.mois.go.kr/login');
  await kim.submit('다음', '5. 서버용 인증서');
  await kim.submit('다음', '6. 첨부파일');
  await kim.fillAll(attachments('디지털안전정책과-1300'));
  await kim.submit('다음', '입력한 내용을 확인하십시오');
  await kim.finish();
  counted('second application', { clicks: 17, windows: 7 });
});

test('an officer approves where it is read, and the next filing is one click further', async () => {
  const { workspace, officer } = stage;
  const choi = new Hands(await browser.open(`${workspace.url}/#/${officer.userId}/home`));
  await choi.page.getByText('검토 대기 2건').first().waitFor();
  await choi.openWindow('검토', '자동 점검');
  await choi.press('승인', choi.modal);
  await choi.agree('승인');
  await choi.modal.getByText('승인 처리했습니다').first().waitFor();
  counted('approval with reading', { clicks: 3, windows: 1 }, choi);
  await choi.openWindow('다음 건', '자동 점검');
  counted('approval and the next filing read', { clicks: 4, windows: 2 }, choi);
});
