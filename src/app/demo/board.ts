import { addDays } from '../../core/calendar.ts';
import { writeNotice } from '../../features/board/notices/notice.ts';
import { answer, ask } from '../../features/board/questions/question.ts';
import { addResource } from '../../features/board/resources/resource.ts';
import { answerUnchanged, enterUnchanged } from '../../features/surveys/answer.ts';
import { surveyBroadcast } from '../../features/surveys/broadcast.ts';
import { openRound, SURVEY } from '../../features/surveys/conduct.ts';
import { silentByMail } from '../../features/surveys/entered.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import type { FileRef } from '../../store/blobs.ts';
import { dueBroadcasts, tellNext } from '../../store/broadcast.ts';
import { operate } from '../../store/operation.ts';
import { type Acts, PLACE } from './acts.ts';
import type { Step } from './life.ts';
import { FIRST_OFFICER, officials, SECOND_OFFICER } from './people.ts';

const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/** What people of the example office do besides filings: questions, notices, 자료실, the survey, an incident. */
export function boardSteps(acts: Acts, paper: FileRef): Step[] {
  const { filings } = acts;
  const account = (index: number) => officials[index]?.slackId ?? '';
  const askQuestion = async (by: number, title: string, text: string, reply?: string) => {
    const systemId = null;
    const question = await ask(
      filings,
      { who: await acts.who(account(by)), place: PLACE },
      {
        title,
        text,
        systemId,
        files: [],
      },
    );
    if (reply === undefined) return;
    await answer(filings, { who: await acts.who(SECOND_OFFICER), place: PLACE }, question.id, {
      text: reply,
      files: [],
    });
  };
  const publish = async (kind: string, title: string, text: string) =>
    writeNotice(
      filings,
      { who: await acts.who(FIRST_OFFICER), place: PLACE },
      { kind, title, text, target: 'ALL' },
      { at: filings.now(), holidays: NO_HOLIDAYS },
    );
  return [
    {
      ago: 90,
      act: () =>
        publish('안내', '표준API 모듈 1.5.0 배포', '새 모듈을 등록했습니다. 시스템 상세에서 받으십시오.'),
    },
    {
      ago: 40,
      act: () =>
        askQuestion(
          1,
          '임시라이선스로 시험할 수 있는 서버',
          '개발서버가 두 대인데 임시라이선스를 둘 다 쓸 수 있습니까?',
          '임시라이선스는 개발과 시험에 쓰는 것이므로 신청서에 적은 개발서버에서 쓰시면 됩니다.',
        ),
    },
    {
      ago: 35,
      act: async () =>
        addResource(
          filings,
          { who: await acts.who(FIRST_OFFICER), place: PLACE },
          {
            category: 'FAQ',
            title: '적용결과표는 언제 제출합니까?',
            text: '운영서버에 적용하고 시험을 마친 뒤 제출합니다. 승인되면 정상라이선스를 보내 드립니다.',
          },
          null,
        ),
    },
    { ago: 4, act: () => openSurvey(acts) },
    { ago: 3, act: () => unchanged(acts, account(6)) },
    { ago: 2, act: () => unchanged(acts, account(4)) },
    { ago: 2, act: () => unchangedByMail(acts, { ...paper, name: '현황조사 회신.pdf' }) },
    {
      ago: 2,
      act: () =>
        askQuestion(
          3,
          '모듈을 올린 뒤 WAS가 시작되지 않습니다',
          'UnsatisfiedLinkError가 납니다. 무엇을 보아야 합니까?',
        ),
    },
    {
      ago: 1,
      act: async () =>
        acts.file(account(7), PROCEDURE.incident, '', {
          kind: 'LEAK',
          happened: '외주 직원의 노트북에 라이선스 파일 사본이 남아 있는 것을 확인했습니다.',
          noticedOn: acts.today,
          taken: '노트북을 회수하고 파일을 삭제했습니다.',
          phone: officials[7]?.phone ?? '',
        }),
    },
  ];
}

async function openSurvey(acts: Acts) {
  const { filings, today } = acts;
  const officer = await acts.who(FIRST_OFFICER);
  await operate(filings, { actor: officer.id, place: PLACE }, (op) =>
    openRound(op, officer, {
      name: `${today.slice(0, 4)}년 이용현황조사`,
      closesOn: addDays(today, 21),
      scope: { groups: ['CENTRAL', 'LOCAL', 'PUBLIC'], region: null, licences: 'ALL' },
      basis: '행정전자서명 인증업무지침 제31조',
      message: '담당하시는 시스템의 이용현황을 확인하여 주십시오.',
    }),
  );
  for (const key of await dueBroadcasts(filings.db, filings.now()))
    while (await tellNext(filings, { [SURVEY]: surveyBroadcast }, key));
}

async function unchanged(acts: Acts, slackId: string) {
  const { filings } = acts;
  const official = await acts.who(slackId);
  const round = await filings.db.surveyRound.findFirstOrThrow();
  await operate(filings, { actor: official.id, place: PLACE }, (op) =>
    answerUnchanged(op, official, round.id, null),
  );
}

/** An officer enters an answer that the contact of a 공공기관 sent by mail. */
async function unchangedByMail(acts: Acts, file: FileRef) {
  const { filings } = acts;
  const officer = await acts.who(FIRST_OFFICER);
  const round = await filings.db.surveyRound.findFirstOrThrow();
  const [target] = await silentByMail(filings.db, round);
  if (!target) throw new Error('nobody is asked by mail');
  const { systemId } = target;
  await operate(filings, { actor: officer.id, place: PLACE }, (op) =>
    enterUnchanged(op, officer, { roundId: round.id, systemId }, { by: 'MAIL', file }),
  );
}
