import type { Filing } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import { DESK, type Message } from '../store/outbox.ts';

/**
 * Updates all posted copies of a filing's card; `fresh` posts another one. `round`: how often a decision of it was
 * taken back.
 */
export function tellDesk(op: Operation, filing: Filing, fresh = false, round = 0): void {
  const occasion = `${filing.revision}:${filing.state}${round > 0 ? `:${round}` : ''}`;
  op.tell(cardMessage(filing, occasion, fresh));
}

/** The message that updates a filing's card, once for each `occasion`. */
export function cardMessage(
  { id, procedure }: Pick<Filing, 'id' | 'procedure'>,
  occasion: string,
  fresh = false,
): Message {
  const facts = { filingId: id, procedure, fresh: fresh ? 1 : 0 };
  return { key: `card:${id}:${occasion}`, notice: 'filing.card', to: DESK, facts };
}
