import type { KnownBlock } from '@slack/types';
import { Refusal } from '../../core/refusal.ts';
import { firstHeard } from '../../store/heard.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { fallback } from '../blocks.ts';
import type { DirectMessageHandler } from '../click.ts';
import { chosenFiles, type GivenFile } from '../entered.ts';
import type { FileSource } from '../intake.ts';
import { textOfFiles } from '../pasted-text.ts';
import { isWritten, spokenText } from '../spoken-text.ts';
import type { SlackMessenger } from './messenger.ts';

interface DirectMessageParts {
  ground: { db: Db; now: () => Date };
  files: FileSource;
  whoIs: (slackId: string) => Promise<Known>;
  /** They are asked in order; the first that has an answer gives it. */
  handlers: readonly DirectMessageHandler[];
  /** Whether messages in this thread are meant for another person, so that the bot does not answer them. */
  isForOthers: (channel: string, thread: string | undefined) => Promise<boolean>;
}

/** Answers direct messages to the bot, each one once, however often Slack delivers it. */
export function registerDirectMessages({ app, failed }: SlackMessenger, parts: DirectMessageParts): void {
  const { ground, files, whoIs, handlers, isForOthers } = parts;

  app.message(async ({ message, say, context }) => {
    if (message.channel_type !== 'im' || !isWritten(message)) return;
    const { user, channel, ts, text = '', thread_ts, files: brought } = message as Written;
    if (!user) return;
    try {
      if (await isForOthers(channel, thread_ts)) return;
      if (!(await firstHeard(ground.db, ground.now(), channel, ts))) return;
      const who = await whoIs(user);
      const chosen = chosenFiles({ files: brought ?? [] });
      const typed = await spokenText(ground.db, text, { bot: context.botUserId });
      const pasted = await textOfFiles(files, chosen);
      const written = {
        who,
        place: `slack:${channel}`,
        text: [typed, pasted].filter(Boolean).join('\n'),
        files: chosen,
      };
      for (const handle of handlers) {
        const answer = await handle(written);
        if (answer) return void (await say({ text: fallback(answer.text), blocks: answer.blocks }));
      }
    } catch (error) {
      const view = failed(error, 'direct message');
      const words =
        error instanceof Refusal ? error.message : '처리하지 못했습니다. 잠시 뒤 다시 보내십시오.';
      await say({ text: fallback(words), blocks: view.blocks as KnownBlock[] });
    }
  });
}

/** The properties that all kinds of written messages have in common. */
interface Written {
  user?: string;
  channel: string;
  ts: string;
  text?: string;
  thread_ts?: string;
  files?: GivenFile[];
}
