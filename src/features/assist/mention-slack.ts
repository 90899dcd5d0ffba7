import type { KnownBlock } from '@slack/types';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import { fallback, section } from '../../messenger/blocks.ts';
import type { SlackMessenger } from '../../messenger/slack/messenger.ts';
import { spokenText } from '../../messenger/spoken-text.ts';
import { firstHeard } from '../../store/heard.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { searchDesk } from '../desk/search.ts';
import { foundBlocks } from '../desk/search-view.ts';

interface MentionParts {
  filings: Filings & { db: Db };
  whoIs: (slackId: string) => Promise<Known>;
  /** The only channel in which the bot searches. */
  deskChannel: string | null;
}

/** Searches for `@보급봇 검색어` in the officers' channel. Only the officer who asked sees the answer. */
export function registerMention(
  { app, client, log }: SlackMessenger,
  { filings, whoIs, deskChannel }: MentionParts,
): void {
  app.event('app_mention', async ({ event, context }) => {
    const { channel, user, text = '', ts, thread_ts } = event;
    if (!user) return;
    const answer = async (): Promise<{ text: string; blocks: KnownBlock[] }> => {
      if (channel !== deskChannel) throw new Refusal('검색은 표준API 관리자 채널에서만 할 수 있습니다.');
      // Mentions become whole names: the search finds people by their whole name only.
      const plainText = await spokenText(filings.db, text, { bot: context.botUserId, shown: (name) => name });
      const words = plainText.replaceAll('@', ' ').trim();
      const found = await searchDesk(filings, filings.db, await whoIs(user), words);
      const head = found.words === null ? '찾을 말을 함께 적으십시오. 예: @보급봇 민원관리' : '찾은 결과';
      return { text: head, blocks: foundBlocks(found) };
    };
    try {
      if (!(await firstHeard(filings.db, filings.now(), channel, ts))) return;
      const reply = await answer().catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { text: error.message, blocks: [section(error.message)] };
      });
      await client.chat.postEphemeral({
        channel,
        user,
        ...(thread_ts ? { thread_ts } : {}), // an ephemeral answer in a thread without replies would be hidden
        text: fallback(reply.text),
        blocks: reply.blocks,
      });
    } catch (error) {
      log.error({ err: error }, 'a mention was not answered');
    }
  });
}
