import { type Dict, dict, dicts, isPresent, list, str } from './core/json.ts';
import type { Values, View } from './core/types.ts';
import { overlay } from './core/view-state.ts';
import { slowerThanAnswers } from './hand.ts';
import type { PersonPort } from './person-port.ts';
import { type Attachment, type Given, type Helpers, valueFrom } from './typed-value.ts';
import { type Field, fields, messageText, plainLabel, pressables, viewText } from './visible-text.ts';

/** A message as a person sees it, with the conversation it is in. */
export type SeenMessage = Dict & { ts: string; text: string; channel: string };

type Matcher = (message: SeenMessage) => boolean;

interface Where {
  /** Where to look; by default in the top modal, then the home tab, then the newest message. */
  in?: 'home' | 'modal' | Matcher;
  /** Which of several elements with the same label, counted from 0. */
  nth?: number;
  /** How long to wait for the element, in ms; 100,000 by default, for busy machines. */
  wait?: number;
}

interface Place {
  container: Dict;
  blocks: Dict[];
  view?: View;
}

const WAIT_MS = 100_000;
const TICK_MS = 100;

/**
 * Acts and looks for one person: finds elements by the Korean text on the screen. It waits for an element that is not
 * there yet, because the bot acknowledges first and draws later.
 */
export class Person {
  readonly userId: string;
  readonly #port: PersonPort;
  readonly #typed = new Map<string, Values>();
  #errors: Record<string, string> = {};

  constructor(userId: string, port: PersonPort) {
    this.userId = userId;
    this.#port = port;
  }

  /** Opens the bot's home tab and waits for what it publishes. */
  async openHome(): Promise<Dict> {
    const before = await this.home();
    await this.#post('/control/home/open');
    return this.waitFor(async () => {
      const view = await this.home();
      return view && view.hash !== before?.hash ? view : null;
    });
  }

  async home(): Promise<(View & Dict) | null> {
    const { view } = await this.#port.call('GET', '/control/home');
    return (view ?? null) as (View & Dict) | null;
  }

  async homeText(): Promise<string> {
    const view = await this.home();
    return view ? viewText({ blocks: view.blocks }) : '';
  }

  /** The top modal. */
  async modal(): Promise<(View & Dict) | null> {
    const { stack } = await this.#port.call('GET', '/control/modals');
    return (list(stack).at(-1) ?? null) as (View & Dict) | null;
  }

  async modalText(): Promise<string> {
    const view = await this.modal();
    return view ? viewText(view) : '';
  }

  /** Presses a button or an overflow entry and confirms if asked. @throws when it is not on the screen */
  async press(label: string, where: Where = {}): Promise<void> {
    const wanted = plainLabel(label);
    let seen: string[] = [];
    const found = await this.#eventually(async () => {
      seen = [];
      for await (const place of this.#places(where.in)) {
        const all = pressables(place.blocks);
        seen.push(...all.map((each) => each.label));
        const match = all.filter((each) => each.label === wanted)[where.nth ?? 0];
        if (match) return { place, match };
      }
      return null;
    }, where.wait);
    if (!found)
      throw new Error(`'${label}' 단추가 보이지 않습니다. 보이는 단추: ${seen.join(', ') || '(없음)'}`);
    const { place, match } = found;
    await this.#act(place, match.block, match.element, match.option ? { selected_option: match.option } : {});
  }

  /** Fills the field with this label in the top modal (or the home tab); tells the bot if the field does so. */
  async fill(
    label: string,
    given: Given,
    where: { in?: 'home' | 'modal'; nth?: number } = {},
  ): Promise<void> {
    const { place, field } = await this.#field(label, where);
    const value = await valueFrom(field.element, given, this.#helpers(place, field));
    this.#keep(place, field, value);
    const isInput = field.block.type === 'input';
    if (!isInput || field.block.dispatch_action === true)
      await this.#act(place, field.block, field.element, value);
  }

  /** The texts that an external select offers for a query. */
  async suggestions(label: string, query: string): Promise<string[]> {
    const { place, field } = await this.#field(label, {});
    const options = await this.#helpers(place, field).search(query);
    return options.map((option) => str(dict(option.text).text));
  }

  /** Submits the top modal. */
  async submit(): Promise<'closed' | 'errors' | 'updated' | 'pushed' | 'trouble'> {
    const view = await this.#eventually(() => this.modal());
    if (!view) throw new Error('열린 창이 없어 제출할 수 없습니다.');
    const result = await this.#post('/control/act/submit', { view_id: view.id, values: this.#take(view.id) });
    const labels = new Map(view.blocks.map((block) => [block.block_id, str(dict(block.label).text)]));
    this.#errors = Object.fromEntries(
      Object.entries(dict(result.errors)).map(([id, text]) => [labels.get(id) || id, str(text)]),
    );
    return result.outcome as 'closed' | 'errors' | 'updated' | 'pushed' | 'trouble';
  }

  /** The errors of the last submit, by the label of the field. */
  errors(): Record<string, string> {
    return this.#errors;
  }

  /** Closes the top modal; `all` is the window's X. */
  async close({ all = false } = {}): Promise<void> {
    const view = await this.#eventually(() => this.modal());
    if (!view) throw new Error('열린 창이 없어 닫을 수 없습니다.');
    await this.#post('/control/act/close', { view_id: view.id, clear: all });
  }

  /** Writes into a conversation, given by id or name; `dm` is the one with the bot. */
  async say(
    channel: string,
    text: string,
    files: readonly Attachment[] = [],
    threadTs?: string,
  ): Promise<string> {
    const ids = await Promise.all(files.map(async (file) => str((await this.#upload(file)).id)));
    const body = { channel: await this.#channelId(channel), text, files: ids, thread_ts: threadTs };
    return str((await this.#post('/control/act/message', body)).ts);
  }

  /** Replaces the text of a message that this person wrote. */
  async edit(channel: string, ts: string, text: string): Promise<void> {
    await this.#post('/control/act/edit', { channel: await this.#channelId(channel), ts, text });
  }

  /** Deletes a message that this person wrote. */
  async erase(channel: string, ts: string): Promise<void> {
    await this.#post('/control/act/delete', { channel: await this.#channelId(channel), ts });
  }

  /** Types a slash command, in the conversation with the bot unless another is given. */
  async command(line: string, channel = 'dm'): Promise<void> {
    const [, command, text] = /^(\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
    await this.#acted('command', { channel: await this.#channelId(channel), command, text }, line);
  }

  /** Chooses a shortcut. @param on the message on which it is chosen, for a message shortcut */
  async shortcut(callback_id: string, on?: { channel: string; ts: string }): Promise<void> {
    const container = on && { channel_id: await this.#channelId(on.channel), message_ts: on.ts };
    await this.#acted(
      'shortcut',
      { callback_id, container: container && { type: 'message', ...container } },
      callback_id,
    );
  }

  /** Messages of a conversation, oldest first; with `threadTs` those of a thread. */
  async messages(channel: string, threadTs?: string): Promise<SeenMessage[]> {
    const id = await this.#channelId(channel);
    const thread = threadTs ? `&thread_ts=${threadTs}` : '';
    const path = `/control/conversations/${id}/messages?limit=1000${thread}`;
    const { messages } = await this.#port.call('GET', path);
    return dicts(messages).map((message) => ({ ...message, channel: id }) as SeenMessage);
  }

  /** Messages of the conversation with the bot. */
  dm(): Promise<SeenMessage[]> {
    return this.messages('dm');
  }

  /** Every message this person can see, newest first. */
  async allMessages(): Promise<SeenMessage[]> {
    const { channels } = await this.#port.call('GET', '/control/state');
    const lists = await Promise.all(dicts(channels).map(({ id }) => this.messages(str(id))));
    return lists.flat().sort((a, b) => Number(b.ts) - Number(a.ts));
  }

  async download(file: string | Dict): Promise<Buffer> {
    return this.#port.download(typeof file === 'string' ? file : str(file.id));
  }

  /** Waits for a message that contains a text, and returns the message. */
  waitFor(text: string, ms?: number): Promise<SeenMessage>;
  /** Waits until the function returns something truthy, and returns that. */
  waitFor<T>(look: () => T | Promise<T>, ms?: number): Promise<NonNullable<T>>;
  async waitFor<T>(what: string | (() => T | Promise<T>), ms = WAIT_MS): Promise<unknown> {
    const look =
      typeof what === 'string'
        ? async () => (await this.allMessages()).find((message) => messageText(message).includes(what))
        : what;
    const found = await this.#eventually(async () => (await look()) || null, ms);
    if (found) return found;
    throw new Error(
      typeof what === 'string' ? `'${what}' 메시지가 오지 않았습니다.` : '기다린 일이 일어나지 않았습니다.',
    );
  }

  /**
   * Sends the bot a forged payload, as if Slack had sent it for this person.
   * @returns `{ok, body, reason?}`: whether it was acknowledged, and with what
   */
  raw(kind: 'interactive' | 'events_api' | 'slash_commands', payload: Dict): Promise<Dict> {
    return this.#post('/control/raw', { kind, payload });
  }

  async *#places(where: Where['in']): AsyncGenerator<Place> {
    const viewPlace = (view: View) => ({
      container: { type: 'view', view_id: view.id },
      blocks: view.blocks,
      view,
    });
    if (where === undefined || where === 'modal') {
      const modal = await this.modal();
      if (modal) yield viewPlace(modal);
    }
    if (where === undefined || where === 'home') {
      const home = await this.home();
      if (home) yield viewPlace(home);
    }
    if (where === 'modal' || where === 'home') return;
    for (const message of await this.allMessages()) {
      if (where && !where(message)) continue;
      const attached = dicts(message.attachments).flatMap((each) => dicts(each.blocks));
      const container = { type: 'message', channel_id: message.channel, message_ts: message.ts };
      yield { container, blocks: [...dicts(message.blocks), ...attached] };
    }
  }

  async #field(
    label: string,
    where: { in?: 'home' | 'modal'; nth?: number },
  ): Promise<{ place: Place; field: Field }> {
    const wanted = plainLabel(label);
    let seen: string[] = [];
    const found = await this.#eventually(async () => {
      seen = [];
      for (const kind of where.in ? [where.in] : (['modal', 'home'] as const)) {
        for await (const place of this.#places(kind)) {
          const all = fields(place.blocks);
          seen.push(...all.map((each) => each.label));
          const field = all.filter((each) => each.label === wanted)[where.nth ?? 0];
          if (field) return { place, field };
        }
      }
      return null;
    });
    if (found) return found;
    throw new Error(`'${label}' 항목이 보이지 않습니다. 보이는 항목: ${seen.join(', ') || '(없음)'}`);
  }

  #helpers(place: Place, { block, element }: Field): Helpers {
    const ids = { container: place.container, block_id: block.block_id, action_id: element.action_id };
    return {
      upload: (file) => this.#upload(file),
      search: async (query) => {
        const found = await this.#post('/control/act/options', { ...ids, query });
        return [
          ...dicts(found.options),
          ...dicts(found.option_groups).flatMap((group) => dicts(group.options)),
        ];
      },
      idOf: async (name) => {
        const { people, channels } = await this.#port.call('GET', '/control/state');
        const match = [...dicts(people), ...dicts(channels)].find(
          (each) => each.id === name || each.name === name,
        );
        if (!match) throw new Error(`찾을 수 없습니다: '${name}'`);
        return str(match.id);
      },
    };
  }

  #keep({ view }: Place, { block, element }: Field, value: Dict): void {
    if (!view) return;
    const own = { [str(block.block_id)]: { [str(element.action_id)]: value } };
    this.#typed.set(view.id, overlay(this.#typed.get(view.id) ?? {}, own));
  }

  /** Takes the typed values that were not sent yet; after this the workspace stores them. */
  #take(viewId: string): Values {
    const typed = this.#typed.get(viewId) ?? {};
    this.#typed.delete(viewId);
    return typed;
  }

  async #act(place: Place, block: Dict, element: Dict, value: Dict): Promise<void> {
    await slowerThanAnswers();
    const values = place.view ? this.#take(place.view.id) : {};
    const ids = { container: place.container, block_id: block.block_id, action_id: element.action_id };
    await this.#acted('action', { ...ids, element: value, values }, str(element.action_id));
  }

  async #upload({ name, bytes }: Attachment): Promise<Dict> {
    return this.#port.upload(name, bytes);
  }

  async #channelId(channel: string): Promise<string> {
    if (/^[CDG][A-Z0-9]+$/.test(channel)) return channel;
    const { channels, bot } = await this.#port.call('GET', '/control/state');
    if (channel === 'dm') return str(dict(bot).dm);
    const named = dicts(channels).find(({ name }) => name === channel.replace(/^#/, ''));
    if (!named) throw new Error(`'${channel}' 채널이 보이지 않습니다.`);
    return str(named.id);
  }

  #post(path: string, body: unknown = {}): Promise<Dict> {
    return this.#port.call('POST', path, body);
  }

  async #acted(kind: string, body: Dict, what = kind): Promise<void> {
    const { outcome } = await this.#post(`/control/act/${kind}`, body);
    if (outcome === 'trouble') throw new Error(`봇이 제때 응답하지 않았거나 잘못 응답했습니다: ${what}`);
  }

  /** Looks again after every change, until something is found or the time is over. */
  async #eventually<T>(look: () => Promise<T | null>, ms = WAIT_MS): Promise<T | null> {
    const end = Date.now() + ms;
    for (;;) {
      const changed = this.#port.changed(TICK_MS);
      const found = await look();
      if (isPresent(found)) return found;
      if (Date.now() >= end) return null;
      await changed;
    }
  }
}
