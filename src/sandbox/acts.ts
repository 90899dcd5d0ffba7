import { answer } from './answering.ts';
import { validateMessage } from './blockkit/validate.ts';
import type { Core } from './core/core.ts';
import { fileObject, maySeeFile } from './core/files.ts';
import { compact, type Dict, dict, dicts, isPresent, list, str } from './core/json.ts';
import { apiMessage } from './core/messages.ts';
import { actionOf, baseOf, channelNameOf, handleOf } from './core/payloads.ts';
import { change, erase, postAndTell } from './core/posting.ts';
import { ApiRefusal } from './core/refusal.ts';
import { dmIdOf } from './core/state.ts';
import type { Conversation, Message, SeedPerson, Values, View } from './core/types.ts';
import { findElement, overlay, stateOf, valueGiven } from './core/view-state.ts';

/** What a person is told when the app did not answer in time or answered nonsense. */
const TROUBLE = '연결에 문제가 있습니다. 잠시 뒤 다시 시도해 주십시오.';

/** An act that is impossible: its object does not exist, or does not belong to this person. */
export class ActError extends Error {
  constructor(code: string) {
    super(code);
    this.name = 'ActError';
  }
}

type Outcome = { outcome: 'ok' | 'trouble' };

const MAX_OPTIONS = 100;

function escapeTyped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function typedBlocks(text: string): Dict[] {
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }];
  return [{ type: 'rich_text', elements }];
}

/** Everything that a person can do and that reaches the bot, except submitting and closing modals. */
export class Acts {
  readonly core: Core;

  constructor(core: Core) {
    this.core = core;
  }

  person(userId: string): SeedPerson {
    const person = this.core.state.people.get(userId);
    if (!person) throw new ActError('user_not_found');
    return person;
  }

  trouble(userId: string): void {
    this.core.hub.tell([userId], () => ({ type: 'trouble', text: TROUBLE }));
  }

  /** Writes a message. `@이름` of the bot or a person becomes a mention. */
  async message(userId: string, body: Dict): Promise<{ ts: string }> {
    this.person(userId);
    const channel = this.#visible(userId, body.channel);
    if (!channel.members.includes(userId)) throw new ActError('not_in_channel');
    const text = this.#mentions(escapeTyped(str(body.text)));
    const files = list(body.files).map(str).filter(Boolean);
    for (const id of files) {
      const file = this.core.files.get(id);
      if (!file || !maySeeFile(file, userId, this.core.state)) throw new ActError('file_not_found');
    }
    if (text.trim() === '' && files.length === 0) throw new ActError('no_text');
    const { message, told } = postAndTell(this.core, {
      channel: channel.id,
      user: userId,
      text,
      ...(text === '' ? {} : { blocks: typedBlocks(str(body.text)) }),
      ...(files.length > 0 ? { files, subtype: 'file_share' } : {}),
      ...(str(body.thread_ts) ? { thread_ts: str(body.thread_ts) } : {}),
    });
    await told;
    return { ts: message.ts };
  }

  /** Replaces the text of a message that this person wrote. */
  edit(userId: string, body: Dict): { ts: string } {
    const old = this.#own(userId, body);
    const text = this.#mentions(escapeTyped(str(body.text)));
    if (text.trim() === '') throw new ActError('no_text');
    const edited = { user: userId, ts: this.core.state.clock.ts() };
    return { ts: change(this.core, old, { text, blocks: typedBlocks(str(body.text)), edited }).ts };
  }

  remove(userId: string, body: Dict): { ts: string } {
    const message = this.#own(userId, body);
    erase(this.core, message);
    return { ts: message.ts };
  }

  /** A message that this person wrote. @throws ActError */
  #own(userId: string, body: Dict): Message {
    this.person(userId);
    const channel = this.#visible(userId, body.channel);
    const message = this.core.state.message(channel.id, str(body.ts));
    if (!message || message.ephemeralTo) throw new ActError('message_not_found');
    if (message.bot || message.user !== userId) throw new ActError('cant_update_message');
    return message;
  }

  async command(userId: string, body: Dict): Promise<Outcome> {
    const person = this.person(userId);
    const channel = this.#visible(userId, body.channel ?? dmIdOf(userId));
    const name = str(body.command);
    const { core } = this;
    if (!core.options.bot.commands.some(({ command }) => command === name))
      throw new ActError('unknown_command');
    const ack = await core.delivery.command({
      token: core.identity.verificationToken,
      team_id: core.identity.teamId,
      team_domain: core.identity.teamDomain,
      channel_id: channel.id,
      channel_name: channelNameOf(channel),
      user_id: userId,
      user_name: handleOf(person),
      command: name,
      text: str(body.text),
      api_app_id: core.identity.appId,
      is_enterprise_install: 'false',
      response_url: core.responseUrls.create('commands', { userId, channel: channel.id }),
      trigger_id: core.triggers.create(userId),
    });
    return this.#settle(userId, ack.ok, () => {
      if (Object.keys(ack.body).length > 0) answer(core, { userId, channel: channel.id }, ack.body);
    });
  }

  /** A click or a choice, in a message, a modal or the home tab. */
  async action(userId: string, body: Dict): Promise<Outcome> {
    const { core } = this;
    const person = this.person(userId);
    const place = this.#place(userId, dict(body.container));
    const found = findElement(place.blocks, str(body.block_id), str(body.action_id));
    if (!found) throw new ActError('element_not_found');
    const value = valueGiven(found.element, dict(body.element));
    const blockId = str(found.block.block_id);
    const chosen: Values = { [blockId]: { [str(found.element.action_id)]: value } };
    const values = overlay(overlay({}, body.values), chosen);
    const action = actionOf(core, found.block, found.element, value);
    const payload = {
      ...baseOf(core, 'block_actions', person),
      trigger_id: core.triggers.create(userId),
      ...this.#where(userId, place, values),
      actions: [action],
    };
    const ack = await core.delivery.interact(payload, false);
    return this.#settle(userId, ack.ok);
  }

  /** Asks the bot for the options of an external select. */
  async options(userId: string, body: Dict): Promise<Dict> {
    const { core } = this;
    const person = this.person(userId);
    const place = this.#place(userId, dict(body.container));
    const found = findElement(place.blocks, str(body.block_id), str(body.action_id));
    if (!found) throw new ActError('element_not_found');
    const { state: _state, response_url: _url, message: _message, ...where } = this.#where(userId, place, {});
    const payload = {
      ...baseOf(core, 'block_suggestion', person),
      ...where,
      action_id: found.element.action_id,
      block_id: found.block.block_id,
      value: str(body.query),
    };
    const ack = await core.delivery.interact(payload, true);
    const key = ack.body.option_groups ? 'option_groups' : 'options';
    const given = dicts(ack.body[key]);
    if (!ack.ok || given.length > MAX_OPTIONS || this.#badOptions(key, given)) {
      this.trouble(userId);
      return { options: [] };
    }
    return { [key]: given };
  }

  async shortcut(userId: string, body: Dict): Promise<Outcome> {
    const { core } = this;
    const person = this.person(userId);
    const common = { callback_id: str(body.callback_id), trigger_id: core.triggers.create(userId) };
    const container = dict(body.container);
    if (container.type !== 'message') {
      const payload = { ...baseOf(core, 'shortcut', person), action_ts: core.state.clock.ts(), ...common };
      return this.#settle(userId, (await core.delivery.interact(payload, false)).ok);
    }
    const place = this.#place(userId, container);
    const { message, channel, response_url } = this.#where(userId, place, {});
    const payload = {
      ...baseOf(core, 'message_action', person),
      action_ts: core.state.clock.ts(),
      ...common,
      channel,
      message_ts: dict(message).ts,
      message,
      response_url,
    };
    return this.#settle(userId, (await core.delivery.interact(payload, false)).ok);
  }

  /** Opens a tab of the app, 홈 or 메시지; Slack tells the app about both. */
  async openHome(userId: string, tab: 'home' | 'messages' = 'home'): Promise<Outcome> {
    this.person(userId);
    const view = this.core.modals.home(userId) ?? undefined;
    const ack = await this.core.delivery.event({
      type: 'app_home_opened',
      user: userId,
      channel: dmIdOf(userId),
      tab,
      ...(tab === 'home' ? { view } : {}),
      event_ts: this.core.state.clock.ts(),
    });
    return { outcome: ack.ok ? 'ok' : 'trouble' };
  }

  /** Sends any payload to the bot, as if Slack had sent it for this person. */
  async raw(userId: string, body: Dict): Promise<Dict> {
    const person = this.person(userId);
    const payload = dict(body.payload);
    if (body.kind === 'events_api' || body.kind === 'slash_commands') {
      return { ...(await this.core.delivery.raw(body.kind, payload)) };
    }
    const base = {
      ...baseOf(this.core, str(payload.type), person),
      trigger_id: this.core.triggers.create(userId),
    };
    return { ...(await this.core.delivery.raw('interactive', { ...base, ...payload })) };
  }

  /** Replaces the file ids that the page sends by full file objects, and lets the bot read these files. */
  withFiles(userId: string, values: Values): Values {
    const { core } = this;
    const filled: Values = {};
    for (const [blockId, actions] of Object.entries(values)) {
      for (const [actionId, value] of Object.entries(actions)) {
        const files = dicts(value.files)
          .map((file) => core.files.get(str(file.id)))
          .filter(isPresent)
          .filter((file) => maySeeFile(file, userId, core.state));
        for (const file of files) if (!file.givenToBot) core.files.save({ ...file, givenToBot: true });
        const full = files.map((file) => fileObject(file, core.url, core.state, core.identity));
        filled[blockId] = { ...filled[blockId], [actionId]: value.files ? { ...value, files: full } : value };
      }
    }
    return filled;
  }

  #visible(userId: string, channel: unknown): Conversation {
    const conversation = this.core.state.conversations.get(str(channel));
    if (!conversation || !this.core.state.maySee(conversation.id, userId))
      throw new ActError('channel_not_found');
    return conversation;
  }

  #mentions(text: string): string {
    const { botName, botUserId } = this.core.identity;
    const names = [{ id: botUserId, name: botName }, ...this.core.state.people.values()];
    return names.reduce((result, { id, name }) => result.replaceAll(`@${name}`, `<@${id}>`), text);
  }

  /** Finds the blocks that hold an element, if this person can see them. @throws ActError */
  #place(userId: string, container: Dict): { blocks: Dict[]; view?: View; message?: Message } {
    if (container.type === 'view') {
      const found = this.core.modals.find(({ id }) => id === container.view_id);
      if (!found || found.userId !== userId) throw new ActError('view_not_found');
      return { blocks: found.view.blocks, view: found.view };
    }
    const channel = this.#visible(userId, container.channel_id);
    const message = this.core.state.message(channel.id, str(container.message_ts));
    if (!message || (message.ephemeralTo && message.ephemeralTo !== userId))
      throw new ActError('message_not_found');
    const attached = dicts(message.attachments).flatMap((attachment) => dicts(attachment.blocks));
    return { blocks: [...(message.blocks ?? []), ...attached], message };
  }

  /** The part of a payload that says where it happened. */
  #where(userId: string, place: { view?: View; message?: Message }, values: Values): Dict {
    const { core } = this;
    if (place.view) {
      const view = core.modals.keepTyped(userId, place.view, values);
      const state = { values: this.withFiles(userId, view.state.values) };
      return { container: { type: 'view', view_id: view.id }, view: { ...view, state } };
    }
    const { message } = place;
    if (!message) throw new ActError('message_not_found');
    const channel = core.state.conversations.get(message.channel);
    const isEphemeral = message.ephemeralTo !== undefined;
    return compact({
      container: compact({
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: isEphemeral,
        thread_ts: message.thread_ts,
      }),
      channel: { id: message.channel, name: channel ? channelNameOf(channel) : '' },
      // The app is never shown the ephemeral message itself.
      message: isEphemeral ? undefined : apiMessage(core, message),
      state: { values: stateOf(message.blocks ?? [], values) },
      response_url: core.responseUrls.create('actions', {
        userId,
        channel: message.channel,
        originalTs: message.ts,
      }),
    });
  }

  #badOptions(key: string, given: Dict[]): boolean {
    const element = { type: 'static_select', action_id: 'a', [key]: given };
    if (given.length === 0) return false;
    return validateMessage({ blocks: [{ type: 'actions', elements: [element] }] }).length > 0;
  }

  #settle(userId: string, isAcked: boolean, then: () => void = () => undefined): Outcome {
    if (isAcked) {
      try {
        then();
        return { outcome: 'ok' };
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
      }
    }
    this.trouble(userId);
    return { outcome: 'trouble' };
  }
}
