import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import { BEGIN_PROCEDURE } from '../filing/begin-buttons.ts';
import { AGAIN, PUBLIC_GUIDE, REPORT } from '../filing/buttons.ts';
import { CORRECT, readTarget } from '../filing/card.ts';
import { draftAgain } from '../filing/drafts.ts';
import { type Filings, getProcedure } from '../filing/procedure.ts';
import { getFiling } from '../filing/standing.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import { button, modal, section } from '../messenger/blocks.ts';
import type { Click } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { guidanceView } from '../messenger/refusal-view.ts';
import { publicAgencyGuidance } from '../procedures/public-agency.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { parseSubject, type Subject } from '../records/filings/subject.ts';
import { requireRegistered } from '../records/people/who.ts';
import { systemStanding } from '../records/systems/standing.ts';

interface BeginParts {
  filings: Filings;
  begin: Begin;
}

/** Registers the buttons that open a form. */
export function registerBegin({ onAction, onActionsUnder }: Messenger, parts: BeginParts): void {
  const { filings, begin } = parts;
  for (const { name, begunBy } of filings.procedures.values())
    if (begunBy) onAction(begunBy, (click) => begin(click, name, ''));
  onAction(PUBLIC_GUIDE, async ({ show }) => {
    const whom = '공공기관운영법의 기관, 지방공사·공단, 특수법인, 각급 학교 등';
    await show(guidanceView(publicAgencyGuidance(whom)));
  });
  onAction(REPORT, async (click) => {
    if (click.value) return begin(click, PROCEDURE.resultReport, `system:${click.value}`);
    return chooseSystem(parts, click);
  });
  onActionsUnder(BEGIN_PROCEDURE, (click, name) => beginNamed(parts, click, name));
  onAction(CORRECT, (click) => beginCorrection(parts, click));
  onAction(AGAIN, async (click) => {
    const filing = await getFiling(filings.db, click.value);
    const procedure = getProcedure(filings, filing.procedure);
    await draftAgain(filings.db, filings.now(), procedure, click.who, filing);
    await begin(click, filing.procedure, '');
  });
}

/** The home's button names no system: with one system that awaits a report the form opens, with several it asks. */
async function chooseSystem({ filings, begin }: BeginParts, click: Click): Promise<void> {
  requireRegistered(click.who);
  const systems = await filings.db.system.findMany({
    where: { contactId: click.who.id, retiredAt: null, licences: { some: {} } },
    include: { filings: true, licences: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 200,
  });
  const waiting = systems.filter((system) => systemStanding(system, seoulDay(filings.now())).awaitsReport);
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

/** Opens the form of a procedure by its name. @throws Refusal when this button must not start it */
async function beginNamed({ filings, begin }: BeginParts, click: Click, name: string): Promise<void> {
  const procedure = filings.procedures.get(name);
  if (!procedure) throw new Refusal('알 수 없는 신청입니다.', '홈을 새로 열어 단추를 다시 누르십시오.');
  const { kind, paper } = parseSubject(click.value);
  const namesSubject =
    !paper && ((procedure.onSystem && kind === 'system') || (procedure.onPerson && kind === 'person'));
  if (!namesSubject && !procedure.onHome)
    throw new Refusal('여기에서 시작할 수 없는 신청입니다.', '홈에서 단추를 다시 누르십시오.');
  await begin(click, name, namesSubject ? (click.value as Subject) : '');
}

async function beginCorrection({ filings, begin }: BeginParts, click: Click): Promise<void> {
  const { filingId } = readTarget(click.value);
  const filing = await filings.db.filing.findUnique({ where: { id: filingId } });
  if (!filing) throw new Refusal('신청을 찾을 수 없습니다.', '홈을 새로 열어 확인하십시오.');
  const subject: Subject = `filing:${filing.id}`;
  await begin(click, filing.procedure, subject);
}
