import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { visibleText } from '../../core/typed-text.ts';
import { fallback } from '../blocks.ts';
import type { Messenger } from '../messenger.ts';
import { nameRepeated } from '../repeated-buttons.ts';
import type { Front } from './front.ts';

/** Listens to slash commands. */
export function listenToCommands(app: App, front: Front): Messenger['onCommand'] {
  const { client } = front;
  return (name, handle) => {
    app.command(name, async ({ ack, command, respond }) => {
      await ack();
      const open = (view: ModalView) => client.views.open({ trigger_id: command.trigger_id, view });
      const show = async (view: ModalView) => void (await open(view));
      try {
        await handle({
          who: await front.whoIs(command.user_id),
          place: `slack:${command.channel_id}`,
          actionId: name,
          blockId: '',
          value: visibleText(command.text).trim(),
          view: null,
          message: null,
          show,
          showLater: (work) => front.showLater(work, name, open),
          redraw: show,
          publishHome: (view) => front.publishHome(command.user_id, view),
          reply: async (text, blocks) => {
            await respond({ response_type: 'ephemeral', text: fallback(text), blocks: nameRepeated(blocks) });
          },
        });
      } catch (error) {
        await front.apologise(error, name, command.user_id, open);
      }
    });
  };
}
