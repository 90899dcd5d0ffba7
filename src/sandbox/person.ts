import { type Dict, dict, dicts, isPresent, str } from './core/json.ts';
import type { Values, View } from './core/types.ts';
import { overlay } from './core/view-state.ts';
import { slowerThanAnswers } from './hand.ts';
import type { PersonPort } from './person-port.ts';
import { type Part, type Place, Screen, type SeenMessage } from './screen.ts';
import { type Attachment, type Given, type Helpers, valueFrom } from './typed-value.ts';
import { type Field, fields, messageText, plainLabel, pressables, viewText } from './visible-text.ts';

export type { SeenMessage } from './screen.ts';

interface Where {
  /** Where to look; by default in the top modal, then the home tab, then the newest message. */
  in?: Part;
  /** Which of several elements with the same label, counted from 0. */
  nth?: number;
  /** How long to wait for the element, in ms; 100,000 by default, for busy machines. */
  wait?: number;
}

const WAIT_MS = 100_000;
/** The screen tells of its changes; this is for one that it does not tell of. */
const SCREEN_TICK_MS = 1000;
/** How often to look at what may lie outside the workspace. */
const TICK_MS = 100;

/** What a person is shown is theirs: changing it changes nothing in the workspace. */
function copy<T>(seen: T): T {
  return JSON.parse(JSON.stringify(seen));
}

/**
 * Acts and looks for one person: finds elements by the Korean text on the screen. It waits for an element that is not
 * there yet, because the bot acknowledges first and draws later.
 */
export class Person {
  readonly userId: string;
  readonly #port: PersonPort;
  readonly #screen: Screen;
  readonly #typed = new Map<string, Values>();
  #errors: Record<string, string> = {};

  constructor(userId: string, port: PersonPort) {
    this.userId = userId;
    this.#port = port;
    this.#screen = new Screen(port);
  }

  /** Opens the bot's home tab and waits for what it publishes. */
  async openHome(): Promise<Dict> {
    const before = await this.#screen.home();
    await this.#post('/control/home/open');
    const opened = await this.#eventually(async () => {
      const view = await this.#screen.home();
      return view && view.hash !== before?.hash ? view : null;
    });
    if (!opened) throw new Error('홈이 나타나지 않았습니다.');
    return copy(opened);
  }

  async home(): Promise<(View & Dict) | null> {
    return copy(await this.#screen.home());
  }

  async homeText(): Promise<string> {
    const view = await this.#screen.home();
    return view ? viewText({ blocks: view.blocks }) : '';
  }

  /** The top modal. */
  async modal(): Promise<(View & Dict) | null> {
    return copy(await this.#screen.modal());
  }

  async modalText(): Promise<string> {
    const view = await this.#screen.modal();
    return view ? viewText(view) : '';
  }

  /** Presses a button or an overflow entry and confirms if asked. @throws when it is not on the screen */
  async press(label: string, where: Where = {}): Promise<void> {
    const wanted = plainLabel(label);
    let seen: string[] = [];
    const found = await this.#eventually(async () => {
      seen = [];
      for await (const place of this.#screen.places(where.in)) {
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
    const view = await this.#eventually(() => this.#screen.modal());
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
    const view = await this.#eventually(() => this.#screen.modal());
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
    const body = { channel: await this.#screen.channelId(channel), text, files: ids, thread_ts: threadTs };
    return str((await this.#post('/control/act/message', body)).ts);
  }

  /** Replaces the text of a message that this person wrote. */
  async edit(channel: string, ts: string, text: string): Promise<void> {
    await this.#post('/control/act/edit', { channel: await this.#screen.channelId(channel), ts, text });
  }

  /** Deletes a message that this person wrote. */
  async erase(channel: string, ts: string): Promise<void> {
    await this.#post('/control/act/delete', { channel: await this.#screen.channelId(channel), ts });
  }

  /** Types a slash command, in the conversation with the bot unless another is given. */
  async command(line: string, channel = 'dm'): Promise<void> {
    const [, command, text] = /^(\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
    await this.#acted('command', { channel: await this.#screen.channelId(channel), command, text }, line);
  }

  /** Chooses a shortcut. @param on the message on which it is chosen, for a message shortcut */
  async shortcut(callback_id: string, on?: { channel: string; ts: string }): Promise<void> {
    const container = on && { channel_id: await this.#screen.channelId(on.channel), message_ts: on.ts };
    await this.#acted(
      'shortcut',
      { callback_id, container: container && { type: 'message', ...container } },
      callback_id,
    );
  }

  /** Messages of a conversation, oldest first; with `threadTs` those of a thread. */
  async messages(channel: string, threadTs?: string): Promise<SeenMessage[]> {
    return copy(await this.#screen.messages(channel, threadTs));
  }

  /** Messages of the conversation with the bot. */
  dm(): Promise<SeenMessage[]> {
    return this.messages('dm');
  }

  /** Every message this person can see, newest first. */
  async allMessages(): Promise<SeenMessage[]> {
    return copy(await this.#screen.allMessages());
  }

  async download(file: string | Dict): Promise<Buffer> {
    return this.#port.download(typeof file === 'string' ? file : str(file.id));
  }

  /** Waits for a message that contains a text, and returns the message. */
  waitFor(text: string, ms?: number): Promise<SeenMessage>;
  /** Waits until the function returns something truthy, and returns that. */
  waitFor<T>(look: () => T | Promise<T>, ms?: number): Promise<NonNullable<T>>;
  async waitFor<T>(what: string | (() => T | Promise<T>), ms = WAIT_MS): Promise<unknown> {
    if (typeof what === 'string') {
      const isIt = (message: SeenMessage) => messageText(message).includes(what);
      const message = await this.#eventually(
        async () => (await this.#screen.allMessages()).find(isIt) ?? null,
        ms,
      );
      if (message) return copy(message);
      throw new Error(`'${what}' 메시지가 오지 않았습니다.`);
    }
    const found = await this.#eventually(async () => (await what()) || null, ms, TICK_MS);
    if (found) return found;
    throw new Error('기다린 일이 일어나지 않았습니다.');
  }

  /**
   * Sends the bot a forged payload, as if Slack had sent it for this person.
   * @returns `{ok, body, reason?}`: whether it was acknowledged, and with what
   */
  raw(kind: 'interactive' | 'events_api' | 'slash_commands', payload: Dict): Promise<Dict> {
    return this.#post('/control/raw', { kind, payload });
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
        for await (const place of this.#screen.places(kind)) {
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

  #post(path: string, body: unknown = {}): Promise<Dict> {
    return this.#port.call('POST', path, body);
  }

  async #acted(kind: string, body: Dict, what = kind): Promise<void> {
    const { outcome } = await this.#post(`/control/act/${kind}`, body);
    if (outcome === 'trouble') throw new Error(`봇이 제때 응답하지 않았거나 잘못 응답했습니다: ${what}`);
  }

  /** Looks again after every change, until something is found or the time is over. */
  async #eventually<T>(
    look: () => Promise<T | null>,
    ms = WAIT_MS,
    tickMs = SCREEN_TICK_MS,
  ): Promise<T | null> {
    const end = Date.now() + ms;
    let wake = () => {};
    const stop = this.#port.watch(() => wake());
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const found = await look();
        if (isPresent(found)) return found;
        const left = end - Date.now();
        if (left <= 0) return null;
        const timer = setTimeout(wake, Math.min(left, tickMs));
        await changed;
        clearTimeout(timer);
      }
    } finally {
      stop();
    }
  }
}
