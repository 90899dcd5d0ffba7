import type { Button } from '@slack/types';
import { button } from '../messenger/blocks.ts';
import type { SystemWithLife } from '../records/systems/standing.ts';
import type { Known } from '../store/known.ts';
import type { Registry } from './procedure.ts';

/** Action id, followed by the procedure's name. The button's value is the subject. */
export const BEGIN_PROCEDURE = 'procedure.begin';
/**
 * 공문 접수 등록: action id, followed by a procedure's name once one was chosen. The value is the system, if there is one.
 */
export const PAPER_ENTRY = 'paper.enter';

/** An action that is offered, with a line on its purpose. */
export interface Work {
  button: Button;
  about: string;
}

/** What can be begun from this home, in the order in which the procedures are listed. */
export function homeWorks({ procedures }: Registry, whose: 'official' | 'officer'): Work[] {
  return [...procedures.values()].flatMap(({ name, document, onHome }) =>
    onHome?.for === whose
      ? [
          {
            button: button(`${BEGIN_PROCEDURE}.${name}`, onHome.label),
            about: onHome.about ?? `신청서: ${document}`,
          },
        ]
      : [],
  );
}

export function homeButtons(registry: Registry, whose: 'official' | 'officer'): Button[] {
  return homeWorks(registry, whose).map(({ button: one }) => one);
}

/** What this person can begin for this system now; frequent actions first. */
export function systemWorks(
  { procedures }: Registry,
  system: SystemWithLife,
  who: Known,
  today: string,
): Work[] {
  const offered = [...procedures.values()].flatMap(({ name, document, onSystem }) =>
    onSystem?.offered(system, who, today) ? [{ name, document, onSystem }] : [],
  );
  const rank = ({ onSystem }: (typeof offered)[number]) => (onSystem.often ? 0 : 1);
  return offered
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, document, onSystem: { label, about } }) => ({
      button: button(`${BEGIN_PROCEDURE}.${name}`, label, { value: `system:${system.id}` }),
      about: about ?? `신청서: ${document}`,
    }));
}

export function systemButtons(
  registry: Registry,
  system: SystemWithLife,
  who: Known,
  today: string,
): Button[] {
  return systemWorks(registry, system, who, today).map(({ button: one }) => one);
}

/** What officers may enter from a 공문 about this system: nothing while its contact has a messenger account. */
export function letterButtons(
  { procedures }: Registry,
  { id, retiredAt, contact }: SystemWithLife & { contact: { slackId: string | null } },
): Button[] {
  if (retiredAt || contact.slackId) return [];
  return [...procedures.values()].flatMap(({ name, document, paperOf }) =>
    paperOf === 'system' ? [button(`${PAPER_ENTRY}.${name}`, document, { value: id })] : [],
  );
}
