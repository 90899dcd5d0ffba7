import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { visibleText } from '../../core/typed-text.ts';
import { readEntered } from '../entered.ts';

/** The properties on which this bot relies, for each kind of payload. Slack may leave out or null some of them. */
const text = z.string();
const user = z.looseObject({ id: text });
const channel = z.looseObject({ id: text }).nullish();
const view = z.looseObject({ id: text, type: text, callback_id: text, private_metadata: text.nullish() });
const option = z.looseObject({ value: text.nullish() });
const action = z.looseObject({
  action_id: text,
  type: text,
  value: text.nullish(),
  selected_option: option.nullish(),
});
const KINDS = {
  block_actions: z.looseObject({
    user,
    channel,
    view: view.nullish(),
    message: z.looseObject({ ts: text }).nullish(),
    actions: z.array(action).min(1),
  }),
  view_submission: z.looseObject({ user, view: view.extend({ blocks: z.array(z.looseObject({})) }) }),
  view_closed: z.looseObject({ user, view }),
  shortcut: z.looseObject({ user, callback_id: text, trigger_id: text }),
  message_action: z.looseObject({
    user,
    callback_id: text,
    trigger_id: text,
    channel: z.looseObject({ id: text }),
    message: z.looseObject({ text: text.nullish() }),
  }),
  block_suggestion: z.looseObject({ user, action_id: text, value: text }),
};
const COMMAND = z.looseObject({ command: text, text, user_id: text, channel_id: text, trigger_id: text });
const messageParts = {
  user: text.nullish(),
  channel: text.nullish(),
  text: text.nullish(),
  ts: text.nullish(),
  thread_ts: text.nullish(),
  files: z.array(z.looseObject({ id: text })).nullish(),
};
const EVENT = z.looseObject({ event: z.looseObject({ type: text }) });
const MESSAGE = z.looseObject({
  event: z.looseObject({
    ...messageParts,
    message: z.looseObject(messageParts).nullish(),
    previous_message: z.looseObject(messageParts).nullish(),
  }),
});
const WRITTEN = ['message', 'app_mention'];

/**
 * Bolt crashes on payloads that do not have Slack's types, or hands them on. Here such a payload is acknowledged and
 * ignored. Invisible characters are removed from typed text before any room reads it.
 */
export function hearReadable(app: App, log: Logger): void {
  const hear = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const body: unknown = event.body;
    if (!isReadable(body)) {
      log.warn('a payload that cannot be read was not heard');
      return event.ack();
    }
    tidy(body);
    return hear(event);
  };
}

interface Payload {
  type?: unknown;
  command?: unknown;
  text?: unknown;
  value?: unknown;
  event?: unknown;
  view?: { state?: unknown } | null;
  actions?: { value?: string | null; selected_option?: { value?: string | null } | null }[];
}

function isReadable(body: unknown): body is Payload {
  if (typeof body !== 'object' || body === null) return false;
  const { type, command, event } = body as Payload;
  if (command !== undefined) return COMMAND.safeParse(body).success;
  if (event !== undefined) {
    const { success, data } = EVENT.safeParse(body);
    return success && (!WRITTEN.includes(data.event.type) || MESSAGE.safeParse(body).success);
  }
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? type : null;
  return kind !== null && KINDS[kind as keyof typeof KINDS].safeParse(body).success;
}

function tidy(body: Payload): void {
  if (body.view) {
    const { values } = (body.view.state ?? {}) as { values?: unknown };
    body.view.state = { values: readEntered(values) };
  }
  for (const action of body.actions ?? []) {
    tidyValue(action);
    if (action.selected_option) tidyValue(action.selected_option);
  }
  if (body.type === 'block_suggestion') tidyValue(body as { value: string });
}

function tidyValue(holder: { value?: string | null }): void {
  if (typeof holder.value === 'string') holder.value = visibleText(holder.value);
}
