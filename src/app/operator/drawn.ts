import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../../core/calendar.ts';
import { noticeForm } from '../../features/board/notices/form.ts';
import { noticesView, noticeView, versionsView } from '../../features/board/notices/views.ts';
import { answerForm, followUpForm, questionForm } from '../../features/board/questions/form.ts';
import { mineView, queueView } from '../../features/board/questions/lists.ts';
import { conversationView } from '../../features/board/questions/views.ts';
import { resourceForm } from '../../features/board/resources/form.ts';
import { resourcesView, resourceView } from '../../features/board/resources/views.ts';
import { failedView, sentView } from '../../features/deliveries/view.ts';
import { absenceWindow } from '../../features/desk/absence/view.ts';
import { exportView } from '../../features/desk/export-view.ts';
import { personLook } from '../../features/desk/person-look.ts';
import { searchDesk } from '../../features/desk/search.ts';
import { searchView } from '../../features/desk/search-view.ts';
import { type PeriodName, periodOf, periods, statisticsOf } from '../../features/desk/statistics.ts';
import { statisticsView } from '../../features/desk/statistics-view.ts';
import { systemLook } from '../../features/desk/system-look.ts';
import { moduleListView } from '../../features/modules/list-view.ts';
import { registerView } from '../../features/modules/register-view.ts';
import { boardView } from '../../features/surveys/board-view.ts';
import { byMailView, receiptWindow } from '../../features/surveys/by-mail-view.ts';
import { enteredAnswers, silentByMail } from '../../features/surveys/entered.ts';
import { roundDefaults } from '../../features/surveys/forms.ts';
import { progressOf } from '../../features/surveys/progress.ts';
import { standing } from '../../features/surveys/round.ts';
import { roundWindow } from '../../features/surveys/round-view.ts';
import { filingCard } from '../../filing/card.ts';
import { decisionView, type WordedVerb } from '../../filing/decision-view.ts';
import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { reviewFiling } from '../../filing/review.ts';
import { codeView } from '../../filing/step-up-views.ts';
import { wizardView } from '../../filing/wizard.ts';
import { filingDetail, systemDetail } from '../../home/detail.ts';
import { homeView, statusBlocks } from '../../home/home.ts';
import { todoView } from '../../home/todo.ts';
import { officerMenu, officialMenu } from '../../home/work-menu.ts';
import { readValues } from '../../messenger/forms/answers.ts';
import type { Fields, Form } from '../../messenger/forms/form.ts';
import { formWindow } from '../../messenger/forms/form-window.ts';
import type { Facts } from '../../messenger/notice.ts';
import { otherOfficers } from '../../records/absences/absence.ts';
import { getRevision } from '../../records/filings/revision.ts';
import { whoIs } from '../../records/people/who.ts';
import { holidaysView } from '../../reminders/holidays-view.ts';
import { reminders } from '../../reminders/reminders.ts';
import { sweep } from '../../reminders/sweep.ts';
import type { Draft, Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { allNotices } from '../notices.ts';

/** A window, a home or a message as it would be sent to Slack, and a name for it. */
export type Drawn = { what: string } & (
  | { view: ModalView | HomeView }
  | { message: { text: string; blocks: KnownBlock[] } }
);

/** Everything that the bot draws in an office that has worked for a year: forms, lists, cards, reviews, notices. */
export async function* drawn(filings: Filings): AsyncGenerator<Drawn> {
  const { db } = filings;
  const people = await db.person.findMany({ where: { slackId: { not: null } }, select: { slackId: true } });
  const known = await Promise.all(people.map(({ slackId }) => whoIs(db, slackId ?? '')));
  const officer = known.find((one) => one.officer);
  const official = known.find((one) => !one.officer && one.registeredAt);
  if (!officer || !official) throw new Error('the example office has nobody');
  yield* forms(filings);
  for (const who of known) yield* homes(filings, who);
  for (const filing of await samples(filings)) yield* looks(filings, officer, filing);
  yield* lists(filings, officer, official);
  yield* board(filings, [officer, official]);
  yield* messages(filings);
}

const blank = (procedure: string): Draft => ({
  id: crypto.randomUUID(),
  personId: crypto.randomUUID(),
  procedure,
  subject: '',
  answers: {},
  step: 0,
  updatedAt: new Date(0),
});

/** Every step and the summary of every form, both empty and prefilled. */
async function* forms({ procedures, documents = new Map() }: Filings): AsyncGenerator<Drawn> {
  for (const procedure of [...procedures.values(), ...documents.values()])
    for (const answers of [{}, procedure.form.presets ?? {}])
      for (const step of [...procedure.form.steps, 'summary'].keys())
        yield {
          what: `${procedure.name}, step ${step}`,
          view: wizardView(procedure, blank(procedure.name), step, { answers, nameOf: String }),
        };
}

async function* homes(filings: Filings, who: Known): AsyncGenerator<Drawn> {
  const { db } = filings;
  yield { what: `the home of ${who.slackId}`, view: await homeView(filings, who) };
  yield { what: '현황', message: { text: '내 시스템 현황', blocks: await statusBlocks(filings, who) } };
  yield { what: 'what waits', view: await todoView(filings, db, who) };
}

/** The screens of one filing of each procedure in each state. */
async function samples({ db }: Filings): Promise<Filing[]> {
  const all = await db.filing.findMany({ orderBy: { submittedAt: 'desc' } });
  return [...new Map(all.map((filing) => [`${filing.procedure} ${filing.state}`, filing])).values()];
}

const VERBS: WordedVerb[] = ['filing.return', 'filing.reject', 'filing.reopen'];

/** The screens of one filing, for officers and for its applicant. */
async function* looks(filings: Filings, officer: Known, filing: Filing): AsyncGenerator<Drawn> {
  const { db } = filings;
  const what = `${filing.procedure} ${filing.state}`;
  const { form } = getProcedure(filings, filing.procedure);
  const card = await filingCard(filings, db, filing.id);
  if (card) yield { what: `the card of ${what}`, message: card };
  const review = await reviewFiling(filings, { who: officer, place: 'doctor' }, filing.id, '감사·점검');
  if (review) yield { what: `the review of ${what}`, view: review };
  const { slackId } = await db.person.findUniqueOrThrow({ where: { id: filing.applicantId } });
  if (slackId) {
    const view = await filingDetail(filings, db, await whoIs(db, slackId), filing.id);
    yield { what: `the detail of ${what}`, view };
  }
  const answers = readValues((await getRevision(db, filing)).answers);
  for (const verb of VERBS)
    yield {
      what: `${verb} of ${what}`,
      view: decisionView(verb, filing, form, answers, { chosen: Object.keys(form.fields) }),
    };
}

async function* lists(filings: Filings, officer: Known, official: Known): AsyncGenerator<Drawn> {
  const { db } = filings;
  const today = seoulDay(filings.now());
  const systems = await db.system.findMany({ where: { contactId: official.id } });
  for (const { id } of systems) {
    yield { what: 'a system', view: await systemDetail(filings, db, official, id) };
    yield { what: 'a system, looked at', view: await systemLook(filings, db, officer, id) };
  }
  for (const name of Object.keys(periods) as PeriodName[]) {
    const statistics = await statisticsOf(db, periodOf(name, today), new Set());
    yield { what: `figures of ${name}`, view: statisticsView(filings, name, statistics) };
  }
  const views = {
    search: searchView(null),
    found: searchView(await searchDesk(filings, db, officer, systems[0]?.name ?? '')),
    person: await personLook(filings, db, official.id),
    export: exportView(),
    failed: await failedView(db),
    sent: await sentView(db),
    modules: await moduleListView(db),
    'a module': registerView(null),
    'days off': holidaysView([{ year: 2026, days: [] }], today, null),
    'the desk’s work': officerMenu(filings, officer, true),
    'an official’s work': officialMenu(filings, new Set()),
    absence: formWindow(absenceWindow(await otherOfficers(db, officer.id), [], null, today)),
    survey: formWindow(roundWindow, roundDefaults),
    'a one-time code': codeView({}),
  };
  for (const [what, view] of Object.entries(views)) yield { what, view };
  const round = await db.surveyRound.findFirst();
  if (!round) return;
  const [silent, entered] = [await silentByMail(db, round), await enteredAnswers(db, round)];
  const receipt = receiptWindow(round, { id: round.id, name: systems[0]?.name ?? '' }, 0);
  const surveys = {
    'progress of a survey': boardView(round, await progressOf(db, round), standing(round, today)),
    'answers by mail': byMailView(round, { silent, entered, open: true }, 0),
    'an answer by mail': formWindow(receipt, { by: 'MAIL' }),
  };
  for (const [what, view] of Object.entries(surveys)) yield { what, view };
}

async function* board({ db, now }: Filings, readers: Known[]): AsyncGenerator<Drawn> {
  const today = seoulDay(now());
  const window = <F extends Fields>(form: Form<F>) =>
    formWindow({ callbackId: 'doctor', title: '작성', submit: '등록', form });
  for (const form of [
    noticeForm,
    questionForm([{ id: 'x', name: '시스템' }]),
    answerForm,
    followUpForm,
    resourceForm,
  ])
    yield { what: `${form.steps[0]?.title}`, view: window<Fields>(form) };
  for (const who of readers) {
    yield { what: 'notices', view: await noticesView(db, who, now()) };
    yield { what: 'resources', view: await resourcesView(db, who, { words: '', category: '' }) };
    yield { what: 'questions', view: await (who.officer ? queueView(db, who, today) : mineView(db, who)) };
    for (const notice of await db.boardNotice.findMany())
      yield { what: 'a notice', view: await noticeView(db, who, now(), notice) };
    for (const { id } of await db.resource.findMany())
      yield { what: 'a resource', view: await resourceView(db, who, id) };
  }
  for (const { id } of await db.boardNotice.findMany())
    yield { what: 'versions of a notice', view: await versionsView(db, id) };
  const officer = readers.find((who) => who.officer);
  for (const { id } of officer ? await db.question.findMany() : [])
    if (officer) yield { what: 'a question', view: await conversationView(db, officer, id, today) };
}

/** Every message of the example office so far, and the reminders of this morning. */
async function* messages(filings: Filings): AsyncGenerator<Drawn> {
  const { db } = filings;
  await sweep(filings, reminders, new Set());
  const notices = allNotices(filings);
  for (const { notice, facts } of await db.outbox.findMany()) {
    const known = notices[notice];
    const render = typeof known === 'function' ? known : known?.card;
    // Some messages refer to one that was posted before, and nothing is posted here: those are left out.
    const message = await render?.(db, facts as Facts).catch(() => null);
    if (message && message.blocks.length > 0) yield { what: `the message ${notice}`, message };
  }
}
