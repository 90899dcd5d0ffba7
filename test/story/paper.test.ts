import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLicence } from '../../src/records/licences/verify.ts';
import { tellAffected } from '../../src/records/modules/newer.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { operate } from '../../src/store/operation.ts';
import { pdf } from '../answers.ts';
import { docxText } from '../features/documents/read.ts';
import { OF_SCREENS, openPostOffice, type PostOffice } from '../mail/post-office.ts';
import {
  card,
  closeAll,
  fillAll,
  fillPaper,
  next,
  openedModal,
  paperContact,
  pressIn,
  report,
} from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** A 공공기관 writes on paper: officers enter, correct and decide for a contact without a messenger account. */
let stage: Stage;
let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
  stage = await setStage({ mailer: office.mailer });
});
afterAll(async () => {
  await stage?.close();
  await office?.close();
});
/** Longer than the sender takes to look again. */
const PATIENCE = 20_000;

/** The newest mail, once so many have arrived. */
async function mail(count: number) {
  await stage.officer.waitFor(() => office.arrived.length >= count, PATIENCE);
  expect(office.arrived).toHaveLength(count);
  const newest = office.arrived.at(-1);
  if (!newest) throw new Error('no mail');
  return { ...newest, text: newest.text ?? '' };
}
const delivery = (state: 'PENDING' | 'FAILED' | 'SENT') =>
  stage.store.db.outbox.findMany({ where: { notice: 'licence.delivery', state } });
const licenceIn = (bytes: Buffer | undefined) =>
  openLicence(bytes ?? Buffer.alloc(0), [stage.signer.certificatePem]);

const filings = () => stage.store.db.filing.findMany({ orderBy: { number: 'asc' } });
const contacts = () => stage.store.db.person.findMany({ where: { agencyCode: 'B552584', slackId: null } });

describe('공문 접수 등록', () => {
  test('belongs to officers', async () => {
    const { kim, store } = stage;
    await kim.openHome();
    expect(await kim.homeText()).not.toContain('공문 접수 등록');
    await forgeClick(kim, 'paper.enter');
    expect(await openedModal(kim)).toContain('공문 접수는 표준API 관리자만 등록할 수 있습니다.');
    await closeAll(kim);
    await forgeClick(kim, 'paper.report');
    expect(await openedModal(kim)).toContain('공문 접수는 표준API 관리자만 등록할 수 있습니다.');
    await closeAll(kim);
    expect(await store.db.draft.count()).toBe(0);
  });

  test('an officer enters the letter of a 공공기관, numbered as it pleases', async () => {
    const { officer } = stage;
    await fillPaper(officer);
    await next(officer);
    const receipt = '다른 관리자가 검토합니다. 결과는 담당자의 이메일로 나갑니다.';
    await officer.waitFor(async () => (await officer.modalText()).includes(receipt));
    expect(await officer.modalText()).toContain('바로 파기하십시오'); // as its consent promises
    expect(await officer.modalText()).toContain('같은 공문의 다음 시스템 입력');
    await closeAll(officer);

    const [filing] = await filings();
    const [contact] = await contacts();
    expect(filing).toMatchObject({
      procedure: 'application',
      state: 'SUBMITTED',
      channel: 'PAPER',
      agencyCode: 'B552584',
      applicantId: contact?.id,
      letterKey: 'B552584/2026/정보화부제2026-15호',
    });
    expect(contact).toMatchObject({
      name: '박수진',
      email: 'park@public.or.kr',
      mobile: '010-2222-3333',
      registeredAt: null,
    });
    const posted = await officer.waitFor('이용신청 · 검토중');
    expect(JSON.stringify(posted.blocks)).toContain('공문 (등록: 최*리)');
    expect(JSON.stringify(posted.blocks)).not.toContain('박수진');
  });

  test('the same letter is taken in once', async () => {
    const { officer2, store } = stage;
    const number = '정보화부  제2026-15호';
    const refused = fillPaper(officer2, { attachments: { '공문 문서번호': number } });
    await expect(refused).rejects.toThrow('submit: errors');
    expect(officer2.errors()['공문 문서번호']).toContain('이미 접수한 공문입니다');
    expect(officer2.errors()['공문 문서번호']).toContain('접수번호 2026-000001');
    // Said to be of several systems, it is still the same system.
    const ticked = ['이 공문에 시스템이 여럿이고, 다른 시스템을 먼저 입력했습니다.'];
    await officer2.fill('여러 시스템의 공문', ticked);
    expect(await officer2.submit()).toBe('errors');
    expect(officer2.errors()['공문 문서번호']).toContain('먼저 접수한 신청에서 처리하십시오.');
    expect(await store.db.filing.count()).toBe(1);
    await closeAll(officer2);
    await store.db.draft.deleteMany();
  });

  test('an 행정기관 numbers by department on paper too', async () => {
    const { officer2 } = stage;
    await fillPaper(officer2, {
      contact: { 소속기관: '서울특별시' },
      attachments: { '공문 문서번호': '디지털정책과-77' },
    });
    await officer2.press('고치기', { in: 'modal', nth: 6 });
    await officer2.fill('공문 문서번호', '제77호');
    expect(await officer2.submit()).toBe('errors');
    expect(officer2.errors()['공문 문서번호']).toContain('‘호’를 빼고');
    await closeAll(officer2);
    await stage.store.db.draft.deleteMany();
  });
});

describe('deciding', () => {
  test('not by who entered it', async () => {
    const { officer, officer2 } = stage;
    await officer.openHome();
    const own = await officer.homeText();
    expect(own).toContain('검토 대기 0건');
    expect(own).toContain('본인이 제출하거나 접수하거나 수락한 1건은 다른 관리자가 검토합니다.');
    expect(own).toContain('평균 대기 *당일*');
    await officer2.openHome();
    expect(await officer2.homeText()).toContain('검토 대기 1건');
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('본인이 접수한 건은 본인이 처리할 수 없습니다.');
    await closeAll(officer);
    expect((await filings())[0]?.state).toBe('SUBMITTED');
  });

  test('what is asked to correct is work on the desk, and an officer corrects it', async () => {
    const { officer, officer2, store } = stage;
    await officer2.press('보완요청', { in: card('이용신청 검토중') });
    await openedModal(officer2);
    await officer2.fill('고칠 항목', ['부서명']);
    await officer2.waitFor(async () => (await officer2.modalText()).includes('부서명'));
    await fillAll(officer2, { 부서명: '정식 부서 이름을 적으십시오.', '보완요청 사유': '부서명 확인' });
    await next(officer2);
    await closeAll(officer2);
    const asked = await mail(1);
    expect(asked.to).toMatchObject({ value: [{ address: 'park@public.or.kr' }] });
    expect(asked.subject).toContain('[표준API] 이용신청서 보완요청: 한국환경공단 통합민원시스템');
    for (const part of [
      '정식 부서 이름을 적으십시오.',
      '부서명 확인',
      '보완한 내용을 이메일이나 공문으로 제출',
    ])
      expect(asked.text).toContain(part);
    expect(asked.text).not.toContain('단추');
    await officer.openHome();
    expect(await officer.homeText()).toContain('보완을 기다리는 공문·이메일 접수 1건');

    await officer.press('수정', { in: card('이용신청 보완요청') });
    expect(await openedModal(officer)).toContain('정식 부서 이름을 적으십시오.');
    await officer.fill('부서명', '디지털혁신처');
    await next(officer);
    for (let step = 0; step < 5; step++) await next(officer);
    await next(officer);
    await closeAll(officer);
    const [filing] = await filings();
    expect(filing).toMatchObject({ state: 'SUBMITTED', revision: 2 });
    expect(await contacts()).toMatchObject([{ department: '디지털혁신처', id: filing?.applicantId }]);
    const looked = await store.db.audit.findMany({ where: { action: 'filing.review' } });
    expect(looked.map(({ data }) => (data as { reason: string }).reason)).toContain('공문 접수 보완');
  });

  test('another officer approves; what comes back by mail is entered from the card', async () => {
    const { officer, officer2, store, clock } = stage;
    await office.goAway();
    await officer2.press('승인', { in: card('이용신청 검토중') });
    await officer2.waitFor('이용신청 · 검토완료');
    await officer.waitFor(async () => (await delivery('PENDING'))[0]?.error, PATIENCE);
    expect((await delivery('PENDING'))[0]?.error).toContain('cannot be reached');
    office.temper = 'greylisting';
    await office.comeBack();
    clock.advance(60_000);
    const putOff = async () => (await delivery('PENDING'))[0]?.error?.includes('put it off');
    await officer.waitFor(putOff, PATIENCE);
    office.temper = 'working';
    clock.advance(60_000);
    const sent = await mail(2);
    expect(sent.subject).toBe('[표준API] 임시라이선스 발급: 한국환경공단 통합민원시스템');
    expect(sent.text).toContain('이메일로 제출하십시오.');
    expect(sent.text).toContain('접수번호: 2026-000001');
    expect(sent.attachments.map(({ filename }) => filename)).toEqual([
      expect.stringMatching(/\.lic$/),
      'gpkiapi-java-linux-64.tar',
      '행정전자서명 표준API 적용결과표.pdf',
      '행정전자서명 표준API 적용결과표.docx',
    ]);
    const form = docxText(sent.attachments[3]?.content ?? Buffer.alloc(0));
    for (const words of ['한국환경공단 통합민원시스템', '2026-000001', '로그인', '(서명/인)'])
      expect(form).toContain(words.replaceAll(' ', ''));
    const opened = licenceIn(sent.attachments[0]?.content);
    expect(opened).toMatchObject({ ok: true, payload: { kind: 'TEMPORARY' } });
    const licence = await store.db.licence.findFirstOrThrow();
    expect(licence.kind).toBe('TEMPORARY');

    await officer2.press('내용 보기', { in: card('이용신청 검토완료') });
    await openedModal(officer2); // why it is read
    await officer2.fill('열람 사유', '재발급·사후관리');
    await next(officer2);
    expect(await officer2.modalText()).toContain('적용결과 등록');
    await closeAll(officer2);

    await officer.press('적용결과 등록', { in: card('이용신청 검토완료') });
    const asked = await openedModal(officer);
    expect(asked).toContain('받은 이메일에 적힌 그대로 입력하십시오.');
    expect(asked).not.toContain('공문');
    await report(officer);
    const posted = JSON.stringify((await officer.waitFor('적용결과표 · 검토중')).blocks);
    expect(posted).toContain('이메일 (등록: 최*리)');
    await officer2.press('검토', { in: card('적용결과표 검토중') });
    expect(await openedModal(officer2)).toContain('⚠ 받은 메일이 첨부되어 있지 않습니다.');
    await closeAll(officer2);
    const result = (await filings()).find((one) => one.procedure === 'resultReport');
    expect(result).toMatchObject({ channel: 'PAPER', state: 'SUBMITTED', systemId: licence.systemId });
    const application = await officer.waitFor('이용신청 · 검토완료');
    await officer.waitFor(
      async () =>
        !JSON.stringify((await officer.allMessages()).find((one) => one.ts === application.ts)).includes(
          '적용결과 등록',
        ),
    );
  });

  test('a report is entered once, and approved by another', async () => {
    const { officer, officer2, store } = stage;
    await officer.openHome();
    await officer.press('적용결과 등록', { in: 'home' });
    expect(await openedModal(officer)).toContain('적용결과를 기다리는 시스템이 없습니다.');
    await closeAll(officer);
    const { id } = await store.db.system.findFirstOrThrow();
    await forgeClick(officer, 'paper.report', id);
    expect(await openedModal(officer)).toContain('이미 제출한 적용결과표가 있습니다.');
    await closeAll(officer);
    office.temper = 'refusing';
    await officer2.press('승인', { in: card('적용결과표 검토중') });
    await officer2.waitFor('적용결과표 · 승인완료');
    expect(await store.db.licence.count({ where: { kind: 'REGULAR' } })).toBe(1);
  });
});

describe('what was not delivered', () => {
  const audited = (action: string) => stage.store.db.audit.count({ where: { action } });

  test('is on the desk: who, what and why, masked', async () => {
    const { officer } = stage;
    const message = await officer.waitFor('전달하지 못한 안내가 있습니다', PATIENCE);
    await officer.openHome();
    expect((await officer.homeText()).replaceAll('*', '')).toContain('전달 실패 1건');
    await officer.press('전달 실패 보기', { in: 'home' });
    const shown = await openedModal(officer);
    for (const part of [
      '박*진 (한국환경공단) · p***@public.or.kr',
      '정상라이선스: 한국환경공단',
      '550 5.1.1',
    ])
      expect(shown).toContain(part);
    for (const secret of ['박수진', 'park@public.or.kr'])
      expect(shown + JSON.stringify(message.blocks)).not.toContain(secret);
    await closeAll(officer);
  });

  test('is for officers', async () => {
    const { kim } = stage;
    const [row] = await delivery('FAILED');
    const all = [
      'deliveries.failed',
      'deliveries.sent',
      'deliveries.address',
      'outbox.resend',
      'outbox.close',
    ];
    for (const action of all) {
      await forgeClick(kim, action, row?.id);
      expect(await openedModal(kim)).toContain('안내 전달은 표준API 관리자만 다룰 수 있습니다.');
      await closeAll(kim);
    }
    expect(await delivery('FAILED')).toEqual([row]);
    expect(await audited('outbox.resend')).toBe(0);
  });

  test('is sent again where an address was put right, on the record', async () => {
    const { officer } = stage;
    office.temper = 'working';
    await officer.openHome();
    await officer.press('전달 실패 보기', { in: 'home' });
    await officer.press('주소 고치기');
    await officer.waitFor(async () => (await officer.modalText()).includes('새 이메일'));
    await officer.fill('새 이메일', 'sujin@한글 주소');
    expect(await officer.submit()).toBe('errors');
    await officer.fill('새 이메일', 'sujin.park@public.or.kr');
    await next(officer);
    await closeAll(officer);
    const told = await stage.officer2.waitFor('이메일 주소를 고쳐 다시 보냈습니다.');
    expect(messageText(told)).toMatch(/고친 관리자\s+최\*리/);
    expect(JSON.stringify(told)).not.toContain('sujin.park');
    const sent = await mail(3);
    expect(sent.to).toMatchObject({ value: [{ address: 'sujin.park@public.or.kr' }] });
    expect(sent.attachments).toHaveLength(1);
    expect(licenceIn(sent.attachments[0]?.content)).toMatchObject({ ok: true, payload: { kind: 'REGULAR' } });
    expect([await audited('person.email'), await audited('outbox.resend')]).toEqual([1, 1]);
    await officer.openHome();
    expect(await officer.homeText()).not.toContain('전달 실패');
  });

  test('a mail that came back later is marked by hand, and sent again from the list', async () => {
    const { officer } = stage;
    await officer.waitFor(async () => (await delivery('SENT')).length === 2);
    const before = office.arrived.at(-1)?.messageId;
    await pressIn(officer, '관리 업무', '보낸 메일');
    expect(await openedModal(officer)).toContain('정상라이선스');
    await officer.press('반송 표시', { in: 'modal' });
    await officer.waitFor(
      async () => (await stage.store.db.outbox.count({ where: { state: 'FAILED' } })) === 1,
    );
    await closeAll(officer);
    await officer.openHome();
    await officer.press('전달 실패 보기', { in: 'home' });
    expect(await openedModal(officer)).toContain('메일이 반송되었습니다.');
    await officer.press('다시 보내기', { in: 'modal' });
    const again = await mail(4);
    expect(again.messageId).not.toBe(before);
    await officer.waitFor(async () => (await officer.modalText()).includes('전달하지 못한 안내가 없습니다.'));
    await closeAll(officer);
    expect([await audited('outbox.returned'), await audited('outbox.resend')]).toEqual([1, 2]);
  });

  /** As the outbox leaves a mail whose sender died. */
  async function unsure(): Promise<string> {
    await stage.officer.waitFor(async () => (await delivery('SENT')).length === 2);
    const [row] = await delivery('SENT');
    const id = row?.id ?? '';
    const error = 'it is not known whether the mail was sent';
    await stage.store.db.outbox.update({ where: { id }, data: { state: 'FAILED', error } });
    return id;
  }

  test('from the message in the channel it is sent once, whoever presses when', async () => {
    const { officer, officer2 } = stage;
    const id = await unsure();
    await forgeClick(officer, 'outbox.resend', id);
    expect(await openedModal(officer)).toContain('전달하지 못하면 관리자 채널에 다시 알려 드립니다.');
    await mail(5);
    await forgeClick(officer2, 'outbox.resend', id);
    expect(await openedModal(officer2)).toContain('이미 다시 보냈거나 처리한 안내입니다.');
    await closeAll(officer);
    await closeAll(officer2);
    expect(office.arrived).toHaveLength(5);
  });

  test('who was told by telephone is taken off the list', async () => {
    const { officer } = stage;
    await unsure();
    await officer.openHome();
    await officer.press('전달 실패 보기', { in: 'home' });
    expect(await openedModal(officer)).toContain('보냈는지 확인할 수 없습니다.');
    await officer.press('처리함', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('전달하지 못한 안내가 없습니다.'));
    await closeAll(officer);
    expect(await audited('outbox.close')).toBe(1);
  });
});

describe('afterwards', () => {
  test('the SCVP form comes with a letter of its own, about a system that is known', async () => {
    const { officer, officer2, store } = stage;
    await officer.openHome();
    await officer.press('공문 접수 등록', { in: 'home' });
    await officer.press('입력', { in: 'modal', nth: 1 });
    await officer.waitFor(async () => (await officer.modalText()).includes('한국환경공단 통합민원시스템'));
    await officer.press('입력', { in: 'modal' });
    await officer.fill('개인정보 수집 및 이용에 대한 동의', '동의하지 않음');
    await next(officer, 'errors');
    expect(officer.errors()['개인정보 수집 및 이용에 대한 동의']).toContain('다시 보내 달라고 하십시오');
    await officer.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
    await next(officer);
    expect(await officer.modalText()).toContain('시스템의 담당자 정보를 불러왔습니다.');
    await next(officer);
    await fillAll(officer, {
      업무내용: '민원 접수와 처리',
      대상자: '민원인',
      '이용인원 (명/일)': '10',
      '이용인원 (명/월)': '300',
      '이용인원 (명/년)': '3600',
    });
    await next(officer);
    await fillAll(officer, {
      신청사유: '외부 인증기관 인증서(NPKI 등) 인증만 사용',
      '사용 인증서': 'NPKI',
    });
    await next(officer);
    await fillAll(officer, {
      도메인: 'minwon.keco.or.kr',
      'IP 주소': '203.248.10.5',
      '시스템 환경': 'C/S',
    });
    await next(officer);
    await fillAll(officer, {
      '공문 문서번호': '정보화부 제2026-15호', // the same letter brought both forms
      '공문 시행일': '2026-11-20',
      공문: pdf('공문.pdf'),
      '서명한 신청서': pdf('통합검증 신청서.pdf'),
      '서비스개시 예정일': '2027-03-02',
    });
    await next(officer);
    await next(officer);
    await closeAll(officer);
    const filing = (await filings()).find((one) => one.procedure === 'scvpApplication');
    expect(filing).toMatchObject({ channel: 'PAPER', state: 'SUBMITTED', agencyCode: 'B552584' });
    const before = office.arrived.length;
    await officer2.press('승인', { in: card('통합검증(SCVP) 이용신청 검토중') });
    expect((await mail(before + 1)).text).toContain('CRL|IVS|OCSP');
    expect(await store.db.system.count({ where: { scvp: true } })).toBe(1);
  });

  test('the next letter of the same person is the same person’s', async () => {
    const { officer, store } = stage;
    await fillPaper(officer, {
      contact: { 이메일: 'sujin.park@public.or.kr' },
      overview: { 시스템명: '한국환경공단 자원순환시스템' },
      attachments: { '공문 문서번호': '2026-16' },
    });
    await next(officer);
    await closeAll(officer);
    expect(await contacts()).toMatchObject([
      { email: 'sujin.park@public.or.kr', name: paperContact['이름(성명)'] },
    ]);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('a newer module is mailed to who works with the older one, with its file', async () => {
    const { officer, store, clock } = stage;
    const { moduleId } = await store.db.licence.findFirstOrThrow({ where: { kind: 'TEMPORARY' } });
    const used = await store.db.moduleRelease.findUniqueOrThrow({ where: { id: moduleId ?? '' } });
    const { id: _, ...product } = used;
    const release = await store.db.moduleRelease.create({ data: { ...product, version: '99.0' } });
    const before = office.arrived.length;
    const ground = { db: store.db, now: clock.now, wakeOutbox: () => {} };
    const told = await operate(ground, { actor: 'bot', place: 'test' }, (op) => tellAffected(op, release));
    expect(told).toMatchObject({ people: 1, unreachable: 0 });
    clock.set(told.at.toISOString());
    await officer.waitFor(() => office.arrived.length > before, PATIENCE);
    const sent = await mail(before + 1);
    expect(sent.subject).toContain('표준API 모듈의 새 버전이 나왔습니다');
    expect(sent.text).toContain('새 모듈을 첨부합니다.');
    expect(sent.attachments.map(({ filename }) => filename)).toEqual([used.fileName]);
  });

  test('no mail speaks of a screen', () => {
    const speaking = office.arrived.filter(({ text }) => OF_SCREENS.test(text ?? ''));
    expect(speaking.map(({ subject, text }) => `${subject}\n${text}`)).toEqual([]);
  });

  test('a system whose contact uses the messenger is reported by the contact', async () => {
    const { officer, store } = stage;
    const { id } = await store.db.system.findFirstOrThrow();
    const kim = await store.db.person.findFirstOrThrow({ where: { slackId: stage.kim.userId } });
    await store.db.system.update({ where: { id }, data: { contactId: kim.id } });
    await forgeClick(officer, 'paper.report', id);
    expect(await openedModal(officer)).toContain('담당자가 메신저를 쓰는 시스템입니다.');
    await closeAll(officer);
  });
});
