import type { Filings } from '../../filing/procedure.ts';
import type { Click } from '../../messenger/click.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { requireRegistered } from '../../records/people/who.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import { answerUnchanged } from './answer.ts';
import { MY_SYSTEMS, MY_SYSTEMS_PAGE, mySystemsView, UNCHANGED, UNCHANGED_ALL } from './asked-view.ts';
import { askedKey } from './conduct.ts';
import { renderAsked } from './notices.ts';
import { type AskedSystem, systemsAskedOf } from './progress.ts';
import { withRegistered } from './registered.ts';
import { findOpenRound } from './round.ts';

/** Officials' buttons: 변동 없음, and the list of their systems. The other answers are filings. */
export function registerSurveyAnswers(messenger: Messenger, { filings }: { filings: Filings }) {
  const { db, now } = filings;

  async function view(who: Known, page: number) {
    const round = await findOpenRound(db, now());
    return mySystemsView(round, await withRegistered(db, await mySystems(round, who)), page);
  }

  async function mySystems(round: SurveyRound | null, who: Known): Promise<AskedSystem[]> {
    if (round) {
      const targets = await systemsAskedOf(db, round, who.id);
      if (targets.length > 0) return targets;
    }
    const systems = await db.system.findMany({
      where: { OR: [{ contactId: who.id }, { deputyId: who.id }], retiredAt: null, licences: { some: {} } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, contactId: true },
    });
    return systems.map(({ id, name, contactId }) => ({
      systemId: id,
      name,
      answer: 'UNCHANGED' as const,
      mine: contactId === who.id,
    }));
  }

  messenger.onAction(MY_SYSTEMS, async ({ who, value, show }) => {
    requireRegistered(who);
    await show(await view(who, Number(value)));
  });
  messenger.onActionsUnder(MY_SYSTEMS_PAGE, async ({ who, value, redraw }) => {
    await redraw(await view(who, Number(value)));
  });

  messenger.onAction(UNCHANGED, async (click) => {
    const [roundId = '', systemId = ''] = click.value.split(':');
    await answer(click, roundId, systemId);
  });
  messenger.onAction(UNCHANGED_ALL, (click) => answer(click, click.value, null));

  async function answer(
    { who, place, view: open, message, redraw }: Click,
    roundId: string,
    systemId: string | null,
  ): Promise<void> {
    try {
      await operate(filings, { actor: who.id, place }, (op) => answerUnchanged(op, who, roundId, systemId));
    } finally {
      await redrawAsked(roundId, who.id, message); // also after a refusal: the message is out of date then
    }
    if (open?.metadata.page !== undefined) await redraw(await view(who, Number(open.metadata.page)));
  }

  /** Updates the message that asked, so that it shows the systems still unanswered. */
  async function redrawAsked(roundId: string, personId: string, pressed: Click['message']): Promise<void> {
    const row = pressed ?? (await db.outbox.findUnique({ where: { key: askedKey(roundId, personId) } }));
    if (!row?.channel || !row.ts) return;
    const notice = await renderAsked(db, roundId, personId);
    if (!notice) return;
    await messenger
      .replaceMessage({ channel: row.channel, ts: row.ts }, notice)
      .catch((error: unknown) => messenger.log.warn({ err: error }, 'a survey message was not redrawn'));
  }
}
