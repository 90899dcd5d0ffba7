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
      const { user_id: slackId, trigger_id, channel_id: channelId, text: typed } = command;
      const open = (view: ModalView) => client.views.open({ trigger_id, view });
      const show = async (view: ModalView) => void (await open(view));
      const answer = async () =>
        handle({
          who: await front.whoIs(slackId),
          place: `slack:${channelId}`,
          actionId: name,
          blockId: '',
          value: visibleText(typed).trim(),
          view: null,
          message: null,
          show,
          showLater: (work) => front.showLater(work, name, open),
          redraw: show,
          publishHome: (view) => front.publishHome(slackId, view),
          reply: async (text, blocks) => {
            await respond({ response_type: 'ephemeral', text: fallback(text), blocks: nameRepeated(blocks) });
          },
        });
      await front.inTurn(() =>
        answer().catch((error: unknown) => front.apologise(error, name, slackId, open)),
      );
    });
  };
}
