import type { Filing } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import { DESK } from '../store/outbox.ts';

/**
 * Updates all posted copies of a filing's card; `fresh` posts another one. `round`: how often a decision of it was
 * taken back.
 */
export function tellDesk(op: Operation, filing: Filing, fresh = false, round = 0): void {
  op.tell({
    key: `card:${filing.id}:${filing.revision}:${filing.state}${round > 0 ? `:${round}` : ''}`,
    notice: 'filing.card',
    to: DESK,
    facts: { filingId: filing.id, procedure: filing.procedure, fresh: fresh ? 1 : 0 },
  });
}
