import type { Person } from '../../src/sandbox/person.ts';
import type { Store } from '../../src/store/store.ts';

/** Payloads that nobody's screen offers: a stale button, a replayed window, a changed id. */
type Json = Record<string, unknown>;

/** A press of a button that is not (or no longer) on the person's screen. */
export function forgeClick(person: Person, actionId: string, value = '', extra: Json = {}): Promise<Json> {
  return person.raw('interactive', {
    type: 'block_actions',
    container: { type: 'message' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'forged', value }],
    ...extra,
  });
}

export interface ForgedView {
  callbackId: string;
  metadata: Json | string;
  values?: Json;
}

export function forgedView({ callbackId, metadata, values = {} }: ForgedView): Json {
  return {
    id: 'V0FORGED001',
    type: 'modal',
    callback_id: callbackId,
    private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
    state: { values },
    blocks: [],
  };
}

/** A submitted window with any content. @returns the acknowledgement: `{ok, body}` */
export async function forgeSubmit(person: Person, view: ForgedView): Promise<{ ok: boolean; body: Json }> {
  const ack = await person.raw('interactive', { type: 'view_submission', view: forgedView(view) });
  return ack as { ok: boolean; body: Json };
}

/** Everything that can be read in an acknowledgement. */
export function ackText(ack: { body: Json }): string {
  return JSON.stringify(ack.body);
}

/** One digest per table, so that a changed row is noticed as well as a new one. */
export async function contents({ db }: Store): Promise<Record<string, string>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations' ORDER BY 1`;
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ digest: string }[]>(
      `SELECT count(*) || ':' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM "${name}" t`,
    );
    digests[name] = row?.digest ?? '';
  }
  return digests;
}
