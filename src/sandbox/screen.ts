import { type Dict, dict, dicts, list, str } from './core/json.ts';
import type { View } from './core/types.ts';
import type { PersonPort } from './person-port.ts';

/** A message as a person sees it, with the conversation it is in. */
export type SeenMessage = Dict & { ts: string; text: string; channel: string };

/** A part of the screen: the home tab, the top modal, or the messages that match. */
export type Part = 'home' | 'modal' | ((message: SeenMessage) => boolean);

export interface Place {
  container: Dict;
  blocks: Dict[];
  view?: View;
}

/** What one person has before their eyes. It may be the workspace's own objects: whoever passes them on copies them. */
export class Screen {
  readonly #port: PersonPort;

  constructor(port: PersonPort) {
    this.#port = port;
  }

  async home(): Promise<(View & Dict) | null> {
    const { view } = await this.#port.call('GET', '/control/home');
    return (view ?? null) as (View & Dict) | null;
  }

  /** The top modal. */
  async modal(): Promise<(View & Dict) | null> {
    const { stack } = await this.#port.call('GET', '/control/modals');
    return (list(stack).at(-1) ?? null) as (View & Dict) | null;
  }

  /** Messages of a conversation, oldest first; with `threadTs` those of a thread. */
  async messages(channel: string, threadTs?: string): Promise<SeenMessage[]> {
    const id = await this.channelId(channel);
    const thread = threadTs ? `&thread_ts=${threadTs}` : '';
    const path = `/control/conversations/${id}/messages?limit=1000${thread}`;
    const { messages } = await this.#port.call('GET', path);
    return dicts(messages).map((message) => ({ ...message, channel: id }) as SeenMessage);
  }

  /** Every message this person can see, newest first. */
  async allMessages(): Promise<SeenMessage[]> {
    const { channels } = await this.#port.call('GET', '/control/state');
    const lists = await Promise.all(dicts(channels).map(({ id }) => this.messages(str(id))));
    return lists.flat().sort((a, b) => Number(b.ts) - Number(a.ts));
  }

  /** Everything that holds elements, in the order in which a person looks. @param part all three by default */
  async *places(part?: Part): AsyncGenerator<Place> {
    const views = { modal: () => this.modal(), home: () => this.home() };
    for (const kind of ['modal', 'home'] as const) {
      const view = part === undefined || part === kind ? await views[kind]() : null;
      if (view) yield { container: { type: 'view', view_id: view.id }, blocks: view.blocks, view };
    }
    if (part === 'modal' || part === 'home') return;
    for (const message of await this.allMessages()) {
      if (part && !part(message)) continue;
      const attached = dicts(message.attachments).flatMap((each) => dicts(each.blocks));
      const container = { type: 'message', channel_id: message.channel, message_ts: message.ts };
      yield { container, blocks: [...dicts(message.blocks), ...attached] };
    }
  }

  /** The id of a conversation given by id or name; `dm` is the one with the bot. @throws Error in Korean */
  async channelId(channel: string): Promise<string> {
    if (/^[CDG][A-Z0-9]+$/.test(channel)) return channel;
    const { channels, bot } = await this.#port.call('GET', '/control/state');
    if (channel === 'dm') return str(dict(bot).dm);
    const named = dicts(channels).find(({ name }) => name === channel.replace(/^#/, ''));
    if (!named) throw new Error(`'${channel}' 채널이 보이지 않습니다.`);
    return str(named.id);
  }
}
