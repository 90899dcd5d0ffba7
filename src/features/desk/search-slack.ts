import type { ModalView } from '@slack/types';
import type { Filings } from '../../filing/procedure.ts';
import type { Click, Outcome } from '../../messenger/click.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { operate } from '../../store/operation.ts';
import { agencySystems } from './agency-systems.ts';
import { personLook } from './person-look.ts';
import { requireOfficer, searchDesk } from './search.ts';
import {
  LOOK_AT_PERSON,
  LOOK_AT_SYSTEM,
  SEARCH,
  SYSTEMS_OF_AGENCY,
  searchView,
  typedWords,
} from './search-view.ts';
import { LOOKED_AT, systemLook } from './system-look.ts';

/** 찾기, and the details that open from its results; opening a system or a person is recorded. */
export function registerSearch({ onAction, onActionsUnder, onSubmit }: Messenger, filings: Filings) {
  const { db } = filings;

  onAction(SEARCH, async ({ who, show }) => {
    requireOfficer(who);
    await show(searchView(null));
  });

  onSubmit(SEARCH, async ({ who, view }): Promise<Outcome> => {
    return { update: searchView(await searchDesk(filings, db, who, typedWords(view.values))) };
  });

  onAction(LOOK_AT_SYSTEM, async (click) => {
    const { who, place, value } = click;
    requireOfficer(who);
    const view = await systemLook(filings, db, who, value);
    const { contactId } = await db.system.findUniqueOrThrow({ where: { id: value } });
    await operate(filings, { actor: who.id, place }, async (op) => {
      op.audit({ action: LOOK_AT_SYSTEM, subject: `system:${value}`, person: contactId, data: {} });
    });
    await showInPlace(click, view);
  });

  const lookAtPerson = async (click: Click) => {
    const { who, place, value } = click;
    requireOfficer(who);
    const view = await personLook(filings, db, value);
    await operate(filings, { actor: who.id, place }, async (op) => {
      op.audit({ action: LOOK_AT_PERSON, subject: `person:${value}`, person: value, data: {} });
    });
    await showInPlace(click, view);
  };
  onAction(LOOK_AT_PERSON, lookAtPerson);
  onActionsUnder(LOOK_AT_PERSON, lookAtPerson); // several such buttons in one row

  const showAgency = async (click: Click) => {
    requireOfficer(click.who);
    const [code = '', page = '0'] = click.value.split('|');
    await showInPlace(click, await agencySystems(db, code, Number(page)));
  };
  onAction(SYSTEMS_OF_AGENCY, showAgency);
  onActionsUnder(SYSTEMS_OF_AGENCY, showAgency); // buttons that turn the pages
}

/** Replaces open details by the next ones: Slack stacks three windows, and a review may open above these. */
async function showInPlace({ view, show, redraw }: Click, next: ModalView): Promise<void> {
  await (view?.callbackId === LOOKED_AT ? redraw(next) : show(next));
}
