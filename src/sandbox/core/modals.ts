import { newHex, newId } from './clock.ts';
import type { Hub } from './hub.ts';
import type { Journal } from './journal.ts';
import { type Dict, dicts, isDict, str } from './json.ts';
import { normaliseBlocks } from './normalise.ts';
import type { State } from './state.ts';
import type { Identity, Values, View } from './types.ts';
import { overlay, stateOf } from './view-state.ts';

/** How many views Slack allows on one stack. */
export const MAX_STACK = 3;

const HOME_TITLE = { type: 'plain_text', text: 'View Title', emoji: true };

/** Each person's stack of modals (top last) and home tab. */
export class Modals {
  readonly #stacks = new Map<string, View[]>();
  readonly #homes = new Map<string, View>();
  readonly #journal: Journal;
  readonly #hub: Hub;
  readonly #state: State;
  readonly #identity: Identity;

  constructor(journal: Journal, hub: Hub, state: State, identity: Identity) {
    this.#journal = journal;
    this.#hub = hub;
    this.#state = state;
    this.#identity = identity;
    for (const [userId, stack] of journal.load('modals')) this.#stacks.set(userId, stack as View[]);
    for (const [userId, view] of journal.load('home')) this.#homes.set(userId, view as View);
  }

  stack(userId: string): View[] {
    return this.#stacks.get(userId) ?? [];
  }

  home(userId: string): View | null {
    return this.#homes.get(userId) ?? null;
  }

  /** An open modal or a published home, with its person. */
  find(match: (view: View) => boolean): { userId: string; view: View } | undefined {
    for (const [userId, stack] of this.#stacks) {
      const view = stack.find(match);
      if (view) return { userId, view };
    }
    for (const [userId, view] of this.#homes) if (match(view)) return { userId, view };
    return undefined;
  }

  /** Opens a new root modal, which closes all modals that were open before. */
  open(userId: string, given: Dict): View {
    const view = this.#make(given, null);
    this.#setStack(userId, [view]);
    return view;
  }

  push(userId: string, given: Dict): View {
    const stack = this.stack(userId);
    const view = this.#make(given, stack.at(-1) ?? null);
    this.#setStack(userId, [...stack, view]);
    return view;
  }

  /** Replaces a view: same id, new hash. Typed values stay where the block and action ids are the same. */
  update(userId: string, old: View, given: Dict): View {
    const blocks = normaliseBlocks(dicts(given.blocks), old.blocks);
    const view: View = {
      ...old,
      ...this.#given(given),
      blocks,
      state: { values: stateOf(blocks, old.state.values) },
      hash: this.#hash(),
    };
    this.#replace(userId, view);
    return view;
  }

  /** Stores what the person has typed so far, which the client sends with every act. */
  keepTyped(userId: string, view: View, typed: unknown): View {
    const values: Values = stateOf(view.blocks, overlay(view.state.values, typed));
    const updated = { ...view, state: { values } };
    this.#replace(userId, updated, false);
    return updated;
  }

  publish(userId: string, given: Dict): View {
    const old = this.#homes.get(userId);
    if (old) return this.update(userId, old, given);
    const view = { ...this.#make(given, null), title: HOME_TITLE, close: null, submit: null };
    this.#setHome(userId, view);
    return view;
  }

  pop(userId: string): void {
    this.#setStack(userId, this.stack(userId).slice(0, -1));
  }

  clear(userId: string): void {
    this.#setStack(userId, []);
  }

  #make(given: Dict, below: View | null): View {
    const id = newId('V');
    const blocks = normaliseBlocks(dicts(given.blocks));
    return {
      id,
      team_id: this.#identity.teamId,
      type: given.type === 'home' ? 'home' : 'modal',
      ...this.#given(given),
      blocks,
      state: { values: stateOf(blocks) },
      hash: this.#hash(),
      previous_view_id: below?.id ?? null,
      root_view_id: below?.root_view_id ?? id,
      app_id: this.#identity.appId,
      app_installed_team_id: this.#identity.teamId,
      bot_id: this.#identity.botId,
    };
  }

  #given(given: Dict) {
    const text = (value: unknown) => (isDict(value) ? { emoji: true, ...value } : null);
    return {
      private_metadata: str(given.private_metadata),
      callback_id: str(given.callback_id),
      external_id: str(given.external_id),
      title: text(given.title) ?? HOME_TITLE,
      close: text(given.close),
      submit: text(given.submit),
      clear_on_close: given.clear_on_close === true,
      notify_on_close: given.notify_on_close === true,
    };
  }

  #hash(): string {
    return `${this.#state.clock.seconds()}.${newHex(4)}`;
  }

  #replace(userId: string, view: View, announce = true): void {
    if (view.type === 'home') {
      this.#setHome(userId, view, announce);
      return;
    }
    const stack = this.stack(userId).map((other) => (other.id === view.id ? view : other));
    this.#setStack(userId, stack, announce);
  }

  #setStack(userId: string, stack: View[], announce = true): void {
    this.#stacks.set(userId, stack);
    if (stack.length > 0) this.#journal.put('modals', userId, stack);
    else this.#journal.remove('modals', userId);
    if (announce) this.#hub.tell([userId], () => ({ type: 'modals', stack }));
  }

  #setHome(userId: string, view: View, announce = true): void {
    this.#homes.set(userId, view);
    this.#journal.put('home', userId, view);
    if (announce) this.#hub.tell([userId], () => ({ type: 'home', view }));
  }
}
