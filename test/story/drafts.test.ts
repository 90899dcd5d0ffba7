import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveChoice } from '../../src/filing/drafts.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { application, pdf } from '../answers.ts';
import { agree, becomeUser, closeAll, fillAll, fillApplication, next, openedModal } from './acts.ts';
import { ackText, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Filling the 이용신청서: what is asked when, what is refused where, and that nothing typed is lost. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
beforeEach(async () => {
  const { kim, store } = stage;
  await closeAll(kim);
  await store.db.draft.deleteMany();
  await kim.openHome(); // it may still show the draft of the test before
  await kim.waitFor(async () => !(await kim.homeText()).includes('작성하던 신청서'));
});
afterAll(() => stage?.close());

const STEPS = ['overview', 'environment', 'usage', 'servers', 'attachments'] as const;
type Part = (typeof STEPS)[number];

async function open(person: Person): Promise<string> {
  await closeAll(person);
  await person.press('이용신청서 작성', { in: 'home' });
  return openedModal(person);
}

/** Up to the step of this part, which is shown and still empty. */
async function upTo(person: Person, part: Part): Promise<void> {
  await open(person);
  await agree(person);
  for (const each of STEPS.slice(0, STEPS.indexOf(part))) {
    await fillAll(person, application[each]);
    await next(person);
  }
}

/** Whether a field with this label is in the window; redrawing comes after the acknowledgement. */
const asks = async (person: Person, label: string) =>
  ((await person.modal())?.blocks ?? []).some(
    (block) => block.type === 'input' && (block.label as { text: string }).text === label,
  );

/** What the window holds for this label. */
async function held(person: Person, label: string): Promise<unknown> {
  const view = await person.modal();
  const block = view?.blocks.find(
    (one) => one.type === 'input' && (one.label as { text: string }).text === label,
  );
  const state = Object.values(view?.state.values[String(block?.block_id)] ?? {})[0] as
    | Record<string, unknown>
    | undefined;
  const option = state?.selected_option as { text: { text: string } } | null | undefined;
  return state?.value ?? state?.selected_date ?? option?.text.text;
}

describe('a field appears only when it applies', () => {
  const conditions: [
    part: Part,
    label: string,
    shows: string | string[],
    hides: string | string[],
    field: string,
  ][] = [
    ['overview', '신청사유', '재배포', '신규', '재배포 사유'],
    ['environment', '개발언어', 'Java', 'C/C++', 'JVM 구동 비트수'],
    ['environment', '개발언어', 'Java', 'C/C++', 'JDK 버전'],
    ['usage', '적용분야', ['로그인용'], ['시점확인용'], '로그인용 방식'],
    ['usage', '적용분야', ['로그인용', '기타'], ['기타'], '로그인 URL'],
    ['usage', '적용분야', ['데이터 송·수신용'], ['로그인용'], '데이터 송·수신용 기능'],
    ['usage', '적용분야', ['기타'], ['데이터 송·수신용'], '기타 적용분야'],
    ['servers', '서버용 인증서', '기존보유', '신규 발급신청', '보유한 인증서 CN'],
  ];

  test.each(STEPS.slice(0, 4))('in the step %s', async (part) => {
    const { kim } = stage;
    await upTo(kim, part);
    for (const [, label, shows, hides, field] of conditions.filter(([one]) => one === part)) {
      await kim.fill(label, hides);
      await kim.waitFor(async () => !(await asks(kim, field)));
      await kim.fill(label, shows);
      await kim.waitFor(() => asks(kim, field));
    }
  });

  test('what was typed beside it stays', async () => {
    const { kim } = stage;
    await upTo(kim, 'environment');
    await kim.fill('WAS 버전', 'JEUS 8 Fix 6');
    await kim.fill('개발언어', 'Java');
    await kim.waitFor(() => asks(kim, 'JDK 버전'));
    expect(await held(kim, 'WAS 버전')).toBe('JEUS 8 Fix 6');
  });

  test('a submission that overtakes the redrawing is shown the fields that now apply', async () => {
    const { kim } = stage;
    await upTo(kim, 'environment');
    await kim.fill('개발언어', 'C/C++');
    await kim.waitFor(async () => !(await asks(kim, 'JDK 버전')));
    const view = await kim.modal();
    const values = { ...view?.state.values } as Record<string, unknown>;
    delete values.jvmBits;
    delete values.jdk;
    values.language = { 'form.change': { type: 'radio_buttons', selected_option: { value: 'JAVA' } } };
    const ack = await forgeSubmit(kim, {
      callbackId: 'form.step',
      metadata: String(view?.private_metadata),
      values,
    });
    expect(ack.body.response_action).toBe('update'); // errors at blocks that are not there are trouble in Slack
    expect(ackText(ack)).toContain('JDK 버전: 입력하십시오.');
  });
});

describe('a choice that is heard late, as may be when several processes answer,', () => {
  /** The choice of a language, made in this window before the JDK was typed. */
  const choose = (view: Awaited<ReturnType<Person['modal']>>, language: string, jdk: string | null) => {
    const selected_option = { value: language };
    const state = {
      values: {
        ...view?.state.values,
        language: { 'form.change': { type: 'radio_buttons', selected_option } },
        jdk: { 'form.value': { type: 'plain_text_input', value: jdk } },
      },
    };
    return forgeClick(stage.kim, 'form.change', language, {
      container: { type: 'view', view_id: view?.id },
      view: { ...view, state },
      actions: [{ type: 'radio_buttons', action_id: 'form.change', block_id: 'language', selected_option }],
    });
  };
  const answers = async () =>
    (await stage.store.db.draft.findFirstOrThrow()).answers as Record<string, unknown>;

  test('after the submission of its window changes nothing', async () => {
    const { kim } = stage;
    await upTo(kim, 'environment');
    await fillAll(kim, application.environment);
    const view = await kim.modal();
    await next(kim);
    await choose(view, 'C', null);
    await kim.press('이전 단계'); // is heard after it, as it comes from the same window
    await kim.waitFor(() => asks(kim, '개발언어'));
    expect(await answers()).toMatchObject({ language: 'JAVA', jdk: '1.8.0_402' });
    expect(await asks(kim, 'JDK 버전')).toBe(true);
  });

  test('while its window is being submitted is not stored', async () => {
    const { kim, store } = stage;
    await upTo(kim, 'environment');
    const draft = await store.db.draft.findFirstOrThrow();
    const submitted = { step: draft.step + 1 };
    const after = await store.db.draft.update({ where: { id: draft.id }, data: submitted });
    expect(await saveChoice(store.db, after.updatedAt, draft, { language: 'C' }, draft.step)).toBeNull();
    expect(await store.db.draft.findFirstOrThrow()).toEqual(after);
  });

  test('is not mistaken for one in a form that goes on at an earlier step than it had reached', async () => {
    const { kim, store } = stage;
    await upTo(kim, 'environment');
    await store.db.draft.updateMany({ data: { step: 5 } });
    await open(kim);
    await kim.fill('개발언어', 'C/C++');
    await kim.waitFor(async () => !(await asks(kim, 'JDK 버전')));
    await kim.fill('개발언어', 'Java');
    await kim.waitFor(() => asks(kim, 'JDK 버전'));
  });

  test('takes back no answer that came after it', async () => {
    const { kim } = stage;
    await upTo(kim, 'environment');
    await fillAll(kim, application.environment);
    const view = await kim.modal();
    for (const [language, jdk] of [
      ['C', '1.8.0_402'],
      ['JAVA', null],
    ] as const) {
      await choose(view, language, jdk);
      await kim.waitFor(async () => (await answers()).language === language);
    }
    expect((await answers()).jdk).toBe('1.8.0_402');
  });
});

describe('a refusal stands at its field and loses nothing', () => {
  /** Every field of the step is filled well, but for this one. */
  const refusals: [part: Part, label: string, value: string | string[], text: RegExp][] = [
    ['overview', '이용인원', '많음', /사용자 수를 숫자로/],
    ['overview', '이용인원', '0', /1명 이상/],
    ['environment', '운영체제', 'Windows', /‘운영체제 상세’에는 Linux 서버라고/],
    ['environment', '개발언어', 'PHP', /PHP는 표준API가 지원하지 않습니다.*1661-9088/],
    ['environment', 'IP 주소', '10.10.1.300', /10\.10\.1\.300/],
    ['environment', 'IP 주소', '127.0.0.1', /127\.0\.0\.1/],
    ['usage', '로그인 URL', 'ftp://minwon.mois.go.kr', /./],
    ['servers', '보유한 인증서 CN', 'SVR174100001', /기관코드\(174100\)가 1자리 모자랍니다/],
    ['servers', 'Mac 주소', '00:1A:2B:3C:4D', /./],
    ['servers', 'HOST', 'devwas01, devwas02', /IP주소는 1개인데 HOST는 2개/],
    ['attachments', '공문 문서번호', '1234', /./],
    ['attachments', '서비스 개시예정일', '2026-11-01', /지난 날짜/],
    ['attachments', '공문 시행일', '2027-01-01', /./],
  ];

  test.each(STEPS)('in the step %s', async (part) => {
    const { kim } = stage;
    await upTo(kim, part);
    for (const [, label, value, text] of refusals.filter(([one]) => one === part)) {
      for (const [name, given] of Object.entries(application[part]))
        if (await asks(kim, name)) await kim.fill(name, given); // a file that is there is not asked for
      await kim.fill(label, value);
      await kim.waitFor(() => asks(kim, label));
      expect(await kim.submit(), label).toBe('errors');
      expect(Object.keys(kim.errors()), label).toEqual([label]);
      expect(kim.errors()[label]).toMatch(text);
      for (const [other, typed] of Object.entries(application[part])) {
        if (other !== label && typeof typed === 'string' && (await asks(kim, other)))
          expect(await held(kim, other), other).toBe(typed);
      }
      await open(kim); // also after the window was closed
      for (const [other, typed] of Object.entries(application[part])) {
        if (other !== label && typeof typed === 'string' && (await asks(kim, other)))
          expect(await held(kim, other), other).toBe(typed);
      }
    }
  });

  test('what uname -a says takes the place of what was preset; 32 bits hold no JVM of 64', async () => {
    const { kim } = stage;
    await upTo(kim, 'environment');
    expect(await held(kim, '운영체제')).toBe('Linux');
    expect(await kim.modalText()).toContain('미리 골라 둔 값입니다');
    await fillAll(kim, {
      '운영체제 상세': 'SunOS was01 5.10 i86pc i386',
      'WAS 버전': 'Tomcat 9.0.85',
      'IP 주소': '10.10.1.21',
      'JDK 버전': '1.8.0_402',
    });
    expect(await kim.submit()).toBe('errors');
    expect(Object.keys(kim.errors())).toEqual(['JVM 구동 비트수']);
    expect(kim.errors()['JVM 구동 비트수']).toContain('32bit 운영체제에서는');
    await kim.fill('JVM 구동 비트수', '32bit');
    await next(kim);
    const { answers } = await stage.store.db.draft.findFirstOrThrow();
    expect(answers).toMatchObject({ os: 'SOLARIS', osBits: '32', jvmBits: '32', verification: ['CRL'] });
  });

  test('both consents must be given', async () => {
    const { kim } = stage;
    await open(kim);
    await kim.fill('약관 동의', '동의하지 않음');
    await kim.fill('개인정보 수집 및 이용에 대한 동의', '동의하지 않음');
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()['약관 동의']).toContain('동의하셔야');
    expect(kim.errors()['개인정보 수집 및 이용에 대한 동의']).toContain('동의하셔야');
  });
});

describe('closing and coming back', () => {
  test('every step resumes where it was left, with everything', async () => {
    const { kim } = stage;
    await upTo(kim, 'overview');
    for (const [index, part] of STEPS.entries()) {
      await fillAll(kim, application[part]);
      await next(kim);
      await kim.close({ all: true });
      const shown = await open(kim);
      expect(shown).toContain(STEPS[index + 1] ? '이어서' : '입력한 내용을 확인하십시오');
      if (part === 'attachments') break;
      await kim.press('이전 단계', { in: 'modal' });
      for (const [label, typed] of Object.entries(application[part])) {
        if (typeof typed !== 'string') continue;
        await kim.waitFor(() => asks(kim, label));
        const expected = label === '이용인원' ? '1500' : typed;
        expect(await held(kim, label), label).toBe(expected);
      }
      await next(kim);
    }
  });

  test('an unfinished form stands on the home once its window is closed, for its owner alone, and can be deleted', async () => {
    const { kim, lee, store } = stage;
    await upTo(kim, 'environment');

    await closeAll(kim);
    await kim.waitFor(async () => (await kim.homeText()).includes('이용신청서: 행정안전부 민원관리시스템'));
    await kim.press('이어서 작성', { in: 'home' });
    expect(await openedModal(kim)).toContain('3. 적용시스템 세부사항');
    await closeAll(kim);
    const draft = await store.db.draft.findFirstOrThrow();
    await forgeClick(lee, 'draft.discard', draft.id);
    await stage.bot.idle();
    expect(await store.db.draft.count()).toBe(1);
    await kim.press('작성분 삭제', { in: 'home' });
    expect(await openedModal(kim)).toContain('작성하던 이용신청서');
    await kim.waitFor(async () => !(await kim.homeText()).includes('작성하던 신청서'));
    expect(await store.db.draft.count()).toBe(0);
    expect(await store.db.audit.count({ where: { action: 'draft.discard' } })).toBe(1);
    expect(await open(kim)).toContain('약관');
  });

  test('the official in charge is filled in from the registration', async () => {
    const { kim } = stage;
    await upTo(kim, 'overview');
    const shown = await kim.modalText();
    for (const known of ['관리담당', '김보람', '010-1234-5678']) expect(shown).toContain(known);
    expect(shown).toContain('2. 업무개요');
    expect(await held(kim, '이용기관')).toBe('행정안전부');
    await kim.press('고치기', { in: 'modal' });
    await kim.waitFor(() => asks(kim, '이름(성명)'));
    expect(await held(kim, '이름(성명)')).toBe('김보람');
    expect(await held(kim, '부서명')).toBe('디지털안전정책과');
    expect(await held(kim, '휴대전화번호')).toBe('010-1234-5678');
    expect(await held(kim, '소속기관')).toContain('행정안전부');
  });

  test('going back keeps what was typed and what was attached', async () => {
    const { kim } = stage;
    await upTo(kim, 'attachments');
    await fillAll(kim, { '공문 문서번호': '총무과-77', 첨부파일: [pdf('공문.pdf')] });
    await kim.press('이전 단계', { in: 'modal' });
    await kim.waitFor(() => asks(kim, 'Mac 주소'));
    await next(kim);
    expect(await held(kim, '공문 문서번호')).toBe('총무과-77');
    expect(await kim.modalText()).toContain('첨부됨: 공문.pdf');
  });

  test('files are chosen in one box: told apart by name, else by their order, and the person says which is which', async () => {
    const { kim, store } = stage;
    const { 첨부파일: _named, ...rest } = application.attachments;
    const kept = async () => {
      const answers = (await store.db.draft.findFirstOrThrow()).answers as Record<string, { name: string }[]>;
      return ['letter', 'diagram', 'process'].map((name) => answers[name]?.[0]?.name);
    };
    await upTo(kim, 'attachments');
    await fillAll(kim, { ...rest, 첨부파일: [pdf('업무흐름.pdf'), pdf('스캔.pdf'), pdf('시행문.pdf')] });
    await next(kim);
    expect(await kim.modalText()).toContain('입력한 내용을 확인하십시오');
    expect(await kept()).toEqual(['시행문.pdf', '스캔.pdf', '업무흐름.pdf']); // the third by elimination
    await store.db.draft.deleteMany();

    await upTo(kim, 'attachments');
    await fillAll(kim, { ...rest, 첨부파일: [pdf('스캔1.pdf'), pdf('스캔2.pdf')] });
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 첨부파일: '업무 프로세스: 파일을 첨부하십시오.' });
    await kim.fill('첨부파일', [pdf('스캔1.pdf'), pdf('스캔2.pdf'), pdf('스캔3.pdf')]);
    await next(kim);
    // Beside the files: the window stays where it was scrolled to.
    expect(await kim.modalText()).toMatch(/공문 시행일.*고른 순서대로 나누었습니다.*✔ 첨부됨: 스캔1\.pdf/s);
    expect(await kept()).toEqual(['스캔1.pdf', '스캔2.pdf', '스캔3.pdf']);
    await kim.fill('✔ 첨부됨: 스캔1.pdf (1 KB)', '업무 프로세스');
    await kim.waitFor(async () => (await kept())[0] === '스캔3.pdf');
    await next(kim);
    const summary = await kim.modalText();
    expect(summary).toContain('입력한 내용을 확인하십시오');
    expect(await kept()).toEqual(['스캔3.pdf', '스캔2.pdf', '스캔1.pdf']);
  });

  test('what lies in the box is taken when a file is named, and replaces none that is to stay', async () => {
    const { kim, store } = stage;
    const kept = async () => {
      const answers = (await store.db.draft.findFirstOrThrow()).answers as Record<string, { name: string }[]>;
      return ['letter', 'diagram', 'process'].map((name) => answers[name]?.[0]?.name);
    };
    await upTo(kim, 'attachments');
    await fillAll(kim, { 첨부파일: [pdf('공문.pdf')] });
    await kim.press('이전 단계', { in: 'modal' });
    await kim.waitFor(() => asks(kim, 'Mac 주소'));
    await next(kim);
    await kim.fill('구성도, 업무 프로세스', [pdf('구성도.pdf'), pdf('업무흐름.pdf')]);
    await kim.fill('✔ 첨부됨: 공문.pdf (1 KB)', '구성도');
    await kim.waitFor(async () => (await kim.modalText()).includes('업무흐름.pdf'));
    expect(await kept()).toEqual(['구성도.pdf', '공문.pdf', '업무흐름.pdf']);

    await kim.press('공문 바꾸기', { in: 'modal' });
    await kim.waitFor(() => asks(kim, '공문'));
    await kim.press('구성도 바꾸기', { in: 'modal' });
    await kim.waitFor(() => asks(kim, '공문, 구성도'));
    await kim.fill('공문, 구성도', [pdf('스캔.pdf')]);
    await kim.press('그대로 두기', { in: 'modal' });
    await kim.waitFor(async () => !(await asks(kim, '공문, 구성도')));
    expect(await kept()).toEqual(['구성도.pdf', '스캔.pdf', '업무흐름.pdf']);
  });

  test('the summary leads to any step and back', async () => {
    const { kim } = stage;
    await fillApplication(kim);
    await kim.press('고치기', { in: 'modal', nth: 2 });
    await kim.waitFor(() => asks(kim, '시스템명'));
    expect(await kim.modalText()).toContain('업무개요');
    await kim.fill('시스템명', '행정안전부 새 시스템');
    await next(kim);
    const summary = await kim.modalText();
    expect(summary).toContain('입력한 내용을 확인하십시오');
    expect(summary).toContain('행정안전부 새 시스템');
  });

  test('what an officer would be pointed at stands above the summary', async () => {
    const { kim } = stage;
    await fillApplication(kim);
    expect(await kim.modalText()).not.toContain('⚠');
    await kim.press('고치기', { in: 'modal', nth: 2 });
    await kim.waitFor(() => asks(kim, '시스템명'));
    await fillAll(kim, { 시스템명: '민원관리시스템', 신청사유: '재배포' });
    await kim.waitFor(() => asks(kim, '재배포 사유'));
    await kim.fill('재배포 사유', '서버 교체');
    await next(kim);
    const summary = await kim.modalText();
    expect(summary).toContain('⚠ 시스템명이 기관명(행정안전부)으로 시작하지 않습니다.');
    expect(summary).toContain('⚠ 신청사유가 재배포이나');
  });

  test('a change in the summary that makes another field apply leads to that field', async () => {
    const { kim } = stage;
    await fillApplication(kim);
    await kim.press('고치기', { in: 'modal', nth: 4 });
    await kim.waitFor(() => asks(kim, '적용분야'));
    await kim.fill('적용분야', ['기타']);
    await kim.waitFor(() => asks(kim, '기타 적용분야'));
    expect(await kim.submit()).toBe('errors');
    await kim.fill('기타 적용분야', '문서 위변조 확인');
    await next(kim);
    const summary = await kim.modalText();
    expect(summary).toContain('문서 위변조 확인');
    expect(summary).not.toContain('minwon.mois.go.kr'); // no longer applies
  });

  test('a button pressed twice opens one draft', async () => {
    const { kim, store } = stage;
    await Promise.all([
      kim.press('이용신청서 작성', { in: 'home' }),
      kim.press('이용신청서 작성', { in: 'home' }),
    ]);
    expect(await openedModal(kim)).toContain('약관');
    await stage.bot.idle();
    expect(await kim.modalText()).not.toContain('처리하지 못했습니다');
    expect(await store.db.draft.count()).toBe(1);
  });
});
