import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { BEGIN_PROCEDURE } from '../filing/begin-buttons.ts';
import { AGAIN, FILING_DETAIL, HOME_PAGE, PUBLIC_GUIDE, REPORT, SYSTEM_DETAIL } from '../filing/buttons.ts';
import { CORRECT, readTarget } from '../filing/card.ts';
import { decideFiling, getFiling } from '../filing/decide.ts';
import { draftAgain } from '../filing/drafts.ts';
import { type Filings, getProcedure } from '../filing/procedure.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import { button, modal, section } from '../messenger/blocks.ts';
import type { Click } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { guidanceView, noteView } from '../messenger/refusal-view.ts';
import { publicAgencyGuidance } from '../procedures/public-agency.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { parseSubject, type Subject } from '../records/filings/subject.ts';
import { requireRegistered } from '../records/people/who.ts';
import { systemStanding } from '../records/systems/standing.ts';
import { read } from '../store/ask.ts';
import type { Filing } from '../store/client/client.ts';
import { operate } from '../store/operation.ts';
import { filingDetail, systemDetail, systemMenu } from './detail.ts';
import { homeView } from './home.ts';
import { enrolled } from './officer.ts';
import { firstButtons } from './official.ts';
import { QUEUE_FILTER, readFilter } from './queue.ts';
import { SYSTEM_WORK } from './system-works.ts';
import { TODO, todoView } from './todo.ts';
import { ALL_WORK, DESK_WORK, officerMenu, officialMenu } from './work-menu.ts';

/** The home's buttons. */
export function registerHome(
  messenger: Messenger,
  filings: Filings,
  begin: Begin,
  refresh: (slackId: string) => void,
) {
  const { db, now } = filings;
  const { onAction, onActionsUnder, onHomeOpened } = messenger;

  onHomeOpened(refresh);

  for (const { name, begunBy } of filings.procedures.values())
    if (begunBy) onAction(begunBy, (click) => begin(click, name, ''));
  onAction(PUBLIC_GUIDE, async ({ show }) => {
    const whom = '공공기관운영법의 기관, 지방공사·공단, 특수법인, 각급 학교 등';
    await show(guidanceView(publicAgencyGuidance(whom)));
  });

  onAction(REPORT, async (click) => {
    if (click.value) return begin(click, PROCEDURE.resultReport, `system:${click.value}`);
    return chooseSystem(click);
  });

  /** The home's button names no system: with one to report on it opens at once, with several it asks. */
  async function chooseSystem(click: Click): Promise<void> {
    requireRegistered(click.who);
    const systems = await db.system.findMany({
      where: { contactId: click.who.id, retiredAt: null, licences: { some: {} } },
      include: { filings: true, licences: true },
      orderBy: { createdAt: 'desc' },
      take: 200,
    });
    const waiting = systems.filter((system) => systemStanding(system, seoulDay(now())).awaitsReport);
    const [only] = waiting;
    if (!only) {
      throw new Refusal(
        '적용결과표를 제출할 시스템이 없습니다.',
        '이용신청이 승인되어 임시라이선스를 받은 시스템만 제출할 수 있습니다. 이미 승인된 시스템의 서버 IP나 도메인이 바뀌었으면 홈의 목록에서 ‘상세’를 누르고 ‘재발급 요청’을 하십시오.',
      );
    }
    if (waiting.length === 1) return begin(click, PROCEDURE.resultReport, `system:${only.id}`);
    await click.show(
      modal({
        callbackId: 'resultReport.choose',
        title: '시스템 선택',
        blocks: [
          section('적용결과표를 제출할 시스템을 고르십시오.'),
          ...waiting.map((system) => section(system.name, button(REPORT, '제출', { value: system.id }))),
        ],
      }),
    );
  }

  onActionsUnder(BEGIN_PROCEDURE, async (click, name) => {
    const procedure = filings.procedures.get(name);
    if (!procedure) throw new Refusal('알 수 없는 신청입니다.', '홈을 새로 열어 단추를 다시 누르십시오.');
    const { kind, paper } = parseSubject(click.value);
    const named =
      !paper && ((procedure.onSystem && kind === 'system') || (procedure.onPerson && kind === 'person'));
    if (!named && !procedure.onHome)
      throw new Refusal('여기에서 시작할 수 없는 신청입니다.', '홈에서 단추를 다시 누르십시오.');
    await begin(click, name, named ? (click.value as Subject) : '');
  });

  onAction(CORRECT, async (click) => {
    const { filingId } = readTarget(click.value);
    const filing = await db.filing.findUnique({ where: { id: filingId } });
    if (!filing) throw new Refusal('신청을 찾을 수 없습니다.', '홈을 새로 열어 확인하십시오.');
    const subject: Subject = `filing:${filing.id}`;
    if (filing.channel === 'PAPER') await recordCorrection(filings, click, filing);
    await begin(click, filing.procedure, subject);
  });

  onAction(AGAIN, async (click) => {
    const filing = await getFiling(db, click.value);
    const procedure = getProcedure(filings, filing.procedure);
    await draftAgain(db, now(), procedure, click.who, filing);
    await begin(click, filing.procedure, '');
  });

  onAction('filing.withdraw', async ({ who, place, value, show }) => {
    const filing = await decideFiling(filings, who, place, { verb: 'filing.withdraw', ...readTarget(value) });
    refresh(who.slackId ?? '');
    const { document } = getProcedure(filings, filing.procedure);
    await show(noteView('삭제했습니다', [`${document}: ${filing.title} (접수번호 ${filing.number})`]));
  });

  onAction(SYSTEM_DETAIL, async ({ who, value, show }) => show(await systemDetail(filings, db, who, value)));
  onAction(SYSTEM_WORK, async ({ who, value, show }) => show(await systemMenu(filings, db, who, value)));
  onAction(FILING_DETAIL, async ({ who, value, show }) => show(await filingDetail(filings, db, who, value)));

  onActionsUnder(HOME_PAGE, async ({ who, value, publishHome }) => {
    await publishHome(await homeView(filings, who, { page: Number(value) }));
  });

  onActionsUnder(QUEUE_FILTER, async ({ who, value, publishHome }) => {
    await publishHome(await homeView(filings, who, { queue: readFilter(filings, value) }));
  });

  onAction(TODO, async ({ who, show }) => show(await todoView(filings, db, who)));

  onAction(ALL_WORK, async ({ show }) => {
    const first = firstButtons(filings).flatMap(({ action_id }) => action_id ?? []);
    await show(officialMenu(filings, new Set(first)));
  });

  onAction(DESK_WORK, async ({ who, show }) => {
    if (!who.officer) throw new Refusal('관리 업무는 표준API 관리자만 할 수 있습니다.');
    await show(officerMenu(filings, who, await read(db, enrolled(who))));
  });
}

/** The form of somebody else's filing opens filled: a reading of personal data. */
async function recordCorrection(filings: Filings, { who, place }: Click, filing: Filing): Promise<void> {
  if (!who.officer) return; // refused where the draft is opened
  await operate(filings, { actor: who.id, place }, async (op) => {
    const data = { reason: '공문 접수 보완' };
    op.audit({ action: 'filing.review', subject: `filing:${filing.id}`, person: filing.applicantId, data });
  });
}
