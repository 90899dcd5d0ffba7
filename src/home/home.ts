import type { HomeView, KnownBlock } from '@slack/types';
import { ERROR_HELP } from '../assist/error-help.ts';
import { noticeBlocks } from '../board/notices/views.ts';
import { ASK, MINE, QUEUE } from '../board/questions/views.ts';
import { RESOURCES } from '../board/resources/views.ts';
import { failedBlocks, SENT_MAILS } from '../deliveries/view.ts';
import { homeButtons } from '../filing/begin-buttons.ts';
import { REVIEW, URGENT } from '../filing/card.ts';
import { ASK_HELP } from '../filing/helper-ids.ts';
import { helpBlocks } from '../filing/helper-view.ts';
import { offersTo } from '../filing/offer.ts';
import { type Filings, getProcedure, type Known } from '../filing/procedure.ts';
import {
  actions,
  button,
  context,
  divider,
  figures,
  fitting,
  header,
  section,
  title,
} from '../messenger/blocks.ts';
import { LIST_MODULES, REGISTER_MODULE } from '../modules/register-view.ts';
import { PROVE_BEGIN } from '../people/certificates/certificate-slack.ts';
import { ACCESS_REPORT, AUDIT_EXPORT, CANDIDATES, MY_DATA } from '../people/privacy/privacy-view.ts';
import { BEGIN } from '../people/step-up/views.ts';
import { publicAgencyGuidance } from '../procedures/public-agency.ts';
import { koreanDateTime, seoulDay } from '../schedule/calendar.ts';
import { HOLIDAYS } from '../schedule/holidays-view.ts';
import type { Db } from '../store/store.ts';
import { MY_SYSTEMS } from '../surveys/asked-view.ts';
import { surveyForOfficer, surveyForOfficial } from '../surveys/home.ts';
import { countFigures } from './figures.ts';
import { paperButtons, paperCorrections } from './paper.ts';
import { filingBlocks, REPORT, systemBlocks } from './system-list.ts';

export const HOME_PAGE = 'home.page';
export const APPLY = 'application.begin';
export const REGISTER = 'registration.begin';
export const PUBLIC_GUIDE = 'public.guide';
export const CHANGE_ROLE = 'roleChange.begin';

/** Five systems a page keep the screen readable and far below Slack's 100 blocks. */
const PAGE_SIZE = 5;
const QUEUE_SIZE = 10;

type Parts = Pick<Filings, 'procedures' | 'now' | 'byCertificate' | 'codes'> & { db: Db };

/** The home of this person now. */
export async function homeView(parts: Parts, who: Known, page = 0): Promise<HomeView> {
  return { type: 'home', blocks: fitting(await homeBlocks(parts, who, page)) };
}

export async function homeBlocks(parts: Parts, who: Known, page = 0): Promise<KnownBlock[]> {
  if (who.deactivatedAt)
    return [section('비활성화된 사용자입니다. 소속기관의 메신저 관리자에게 문의하십시오.')];
  const works = who.officer || who.auditor;
  const applies = !works || who.registeredAt !== null; // an officer need not be an applicant too
  const isPublic = who.agency?.kind === 'PUBLIC' && !who.registeredAt;
  const helped = await helpBlocks(parts, parts.db, who.id);
  // Somebody of a developer company came for that alone.
  if (helped.length > 0 && !works && !who.registeredAt)
    return [...helped, divider, actions(button(MY_DATA, '내 정보'))];
  return [
    ...(who.auditor ? auditorBlocks() : []),
    ...(await offersTo(parts, parts.db, who.id)),
    ...helped,
    ...(works ? await officerBlocks(parts, who) : []),
    ...(works && !applies ? await board(parts, who) : []),
    ...(applies ? await (isPublic ? publicBlocks(parts, who) : officialBlocks(parts, who, page)) : []),
    ...(await filingsWithoutSystem(parts, who)),
    ...(who.auditor && !applies ? [] : [divider, actions(button(MY_DATA, '내 정보'))]),
  ];
}

/** Auditors read and export; they decide nothing. */
function auditorBlocks(): KnownBlock[] {
  return [
    header('감사'),
    section(
      '접속기록과 감사기록을 한 달치씩 받습니다. 신청 내용은 ‘검토’를 눌러 사유를 적고 볼 수 있습니다.',
    ),
    actions(button(ACCESS_REPORT, '접속기록 보고서'), button(AUDIT_EXPORT, '감사기록 내려받기')),
    divider,
  ];
}

async function officialBlocks(parts: Parts, who: Known, page: number): Promise<KnownBlock[]> {
  if (!who.registeredAt) return welcome(parts, who);
  const { distributed, applying, asking } = await countFigures(parts.db, who.id);
  return [
    header('표준API 보급관리'),
    figures({ '전체 보급건수': distributed, 'API 신청중': applying, 'Q&A 문의진행': asking }),
    actions(
      button(APPLY, '이용신청서 작성', { style: 'primary' }),
      button(REPORT, '적용결과표 제출'),
      button(MY_SYSTEMS, '이용현황조사', { value: '0' }),
      ...homeButtons(parts, 'official'),
      ...(parts.byCertificate ? [button(PROVE_BEGIN, '인증서 등록')] : []),
    ),
    ...(await board(parts, who)),
    ...(await surveyForOfficial(parts.db, parts.now(), who)),
    ...(await unfinished(parts, who)),
    ...(await systemsPage(parts, who, page)),
  ];
}

/** A form that was closed in the middle is not lost, and its owner is to know it. */
async function unfinished({ db }: Parts, who: Known): Promise<KnownBlock[]> {
  const draft = await db.draft.findFirst({
    where: { personId: who.id, procedure: 'application', subject: '', step: { gt: 0 } },
  });
  return draft
    ? [
        section('작성하던 이용신청서가 있습니다. ‘이용신청서 작성’을 누르면 이어서 작성합니다.'),
        actions(button(ASK_HELP, '작성 도움 요청', { value: `draft:${draft.id}` })),
      ]
    : [];
}

async function welcome(parts: Parts, who: Known): Promise<KnownBlock[]> {
  return [
    header('표준API 보급관리'),
    section(
      '행정전자서명(GPKI) 표준API를 신청하고, 모듈과 라이선스를 받고, 적용결과를 제출하는 곳입니다. 행정기관 담당공무원은 먼저 사용자 등록을 하십시오.',
    ),
    actions(
      button(REGISTER, '사용자 등록', { style: 'primary' }),
      ...(parts.byCertificate ? [button(PROVE_BEGIN, '인증서로 본인확인')] : []),
      button(PUBLIC_GUIDE, '공공기관 신청 안내'),
    ),
    ...(await board(parts, who)),
  ];
}

/** Open to everybody, registered or not: questions, the library, notices. */
async function board({ db, now }: Parts, who: Known): Promise<KnownBlock[]> {
  return [
    actions(
      button(ASK, 'Q&A 문의'),
      button(MINE, '내 문의'),
      button(RESOURCES, '자료실'),
      button(ERROR_HELP, '오류 도움'),
    ),
    ...(await noticeBlocks(db, who, now())),
  ];
}

/** My filings that belong to no system and still matter: 사용자 등록, 권한 변경. */
async function filingsWithoutSystem({ db, procedures }: Parts, who: Known): Promise<KnownBlock[]> {
  const filings = await db.filing.findMany({
    where: {
      applicantId: who.id,
      systemId: null,
      state: { in: ['OFFERED', 'SUBMITTED', 'RETURNED', 'REJECTED'] },
      ...(who.registeredAt ? { procedure: { not: 'registration' } } : {}),
    },
    orderBy: { submittedAt: 'desc' },
    take: PAGE_SIZE,
  });
  return filings.flatMap((filing) => filingBlocks({ procedures }, filing, who.id));
}

async function publicBlocks(parts: Parts, who: Known): Promise<KnownBlock[]> {
  const { title, lines, buttons = [] } = publicAgencyGuidance(who.agency?.name ?? '공공기관');
  return [
    header(title),
    ...lines.map((line) => section(line)),
    actions(...buttons.map(({ action, label }) => button(action, label))),
    ...(await board(parts, who)),
    divider,
    context('소속기관을 잘못 선택했으면 아래를 누르십시오.'),
    actions(button(REGISTER, '행정기관 사용자 등록')),
  ];
}

async function systemsPage({ db, procedures, now }: Parts, who: Known, asked: number): Promise<KnownBlock[]> {
  const where = {
    OR: [{ contactId: who.id }, { deputyId: who.id }],
    filings: { some: { state: { not: 'WITHDRAWN' as const } } },
  };
  const total = await db.system.count({ where });
  if (total === 0)
    return [divider, section('신청한 시스템이 없습니다. ‘이용신청서 작성’을 눌러 시작하십시오.')];
  const today = seoulDay(now());
  const pages = Math.ceil(total / PAGE_SIZE);
  // The page in a button may be gone by now: the last one is shown instead.
  const page = Math.min(Math.max(0, Math.floor(asked) || 0), pages - 1);
  const systems = await db.system.findMany({
    where,
    include: { filings: true, licences: true },
    orderBy: { createdAt: 'desc' },
    skip: page * PAGE_SIZE,
    take: PAGE_SIZE,
  });
  return [
    divider,
    title(`내 시스템 ${total}건`),
    ...systems.flatMap((system) => systemBlocks({ procedures }, system, who.id, today)),
    ...(pages > 1 ? [divider, ...pager(page, pages)] : []),
  ];
}

function pager(page: number, pages: number): KnownBlock[] {
  const { length } = [page > 0, page < pages - 1].filter(Boolean);
  return [
    context(`${page + 1} / ${pages} 쪽`),
    ...(length > 0
      ? [
          actions(
            ...(page > 0 ? [button(`${HOME_PAGE}.back`, '이전 쪽', { value: String(page - 1) })] : []),
            ...(page < pages - 1
              ? [button(`${HOME_PAGE}.next`, '다음 쪽', { value: String(page + 1) })]
              : []),
          ),
        ]
      : []),
  ];
}

/** What waits for an officer, oldest first; an auditor reads it only. */
async function officerBlocks({ db, procedures, codes, now }: Parts, who: Known): Promise<KnownBlock[]> {
  const where = {
    state: 'SUBMITTED' as const,
    applicantId: { not: who.id },
    OR: [{ enteredBy: null }, { enteredBy: { not: who.id } }], // nobody decides what they entered
  };
  const [total, queue, enrolled, asked] = await Promise.all([
    db.filing.count({ where }),
    db.filing.findMany({ where, orderBy: [{ urgent: 'desc' }, { submittedAt: 'asc' }], take: QUEUE_SIZE }),
    db.stepUp.count({ where: { personId: who.id, enrolledAt: { not: null } } }),
    db.question.count({ where: { state: 'OPEN' } }),
  ]);
  return [
    header(`검토 대기 ${total}건`),
    ...(total === 0 ? [section('기다리는 신청이 없습니다.')] : []),
    ...queue.map((filing) =>
      section(
        `${filing.urgent ? URGENT : ''}${getProcedure({ procedures }, filing.procedure).title} · ${filing.title}\n${filing.number} · 제출 ${koreanDateTime(filing.submittedAt)}`,
        button(REVIEW, '검토', { value: filing.id }),
      ),
    ),
    ...(total > queue.length
      ? [context(`오래 기다린 ${queue.length}건만 보입니다. 나머지는 관리자 채널에 있습니다.`)]
      : []),
    ...(who.officer ? [...(await failedBlocks(db)), ...(await paperCorrections({ procedures }, db))] : []),
    ...(who.officer ? [actions(button(QUEUE, `Q&A 답변 대기 ${asked}건`))] : []),
    ...(who.officer ? await surveyForOfficer(db, now()) : []),
    ...(who.officer && codes === 'obligatory' && !enrolled
      ? [section('라이선스가 나가는 승인을 하려면 일회용 비밀번호를 먼저 등록하십시오.')]
      : []),
    ...(who.officer
      ? [
          actions(
            ...paperButtons({ procedures }),
            button(SENT_MAILS, '보낸 메일'),
            ...homeButtons({ procedures }, 'officer'),
            button(REGISTER_MODULE, '모듈 등록', { value: '' }),
            button(LIST_MODULES, '모듈 목록'),
            button(CHANGE_ROLE, '관리자 권한 변경'),
            ...(who.auditor ? [] : [button(ACCESS_REPORT, '접속기록 보고서')]),
            button(CANDIDATES, '파기 대상 확인'),
            button(HOLIDAYS, '휴일 관리'),
            ...(codes
              ? [button(BEGIN, enrolled ? '일회용 비밀번호 다시 등록' : '일회용 비밀번호 등록')]
              : []),
          ),
        ]
      : []),
    ...(who.registeredAt ? [divider] : []),
  ];
}
