import type { Button } from '@slack/types';
import { button } from '../messenger/blocks.ts';
import type { SystemWithLife } from '../systems/standing.ts';
import type { Filings, Known } from './procedure.ts';

/** Followed by the procedure's name; the button's value is the subject. */
export const BEGIN_PROCEDURE = 'procedure.begin';

type Registry = Pick<Filings, 'procedures'>;

/** What can be begun from this home, in the order of the list of procedures. */
export function homeButtons({ procedures }: Registry, whose: 'official' | 'officer'): Button[] {
  return [...procedures.values()].flatMap(({ name, onHome }) =>
    onHome?.for === whose ? [button(`${BEGIN_PROCEDURE}.${name}`, onHome.label)] : [],
  );
}

/** What this person can begin on this system now. */
export function systemButtons(
  { procedures }: Registry,
  system: SystemWithLife,
  who: Known,
  today: string,
): Button[] {
  return [...procedures.values()].flatMap(({ name, onSystem }) =>
    onSystem?.offered(system, who, today)
      ? [button(`${BEGIN_PROCEDURE}.${name}`, onSystem.label, { value: `system:${system.id}` })]
      : [],
  );
}
