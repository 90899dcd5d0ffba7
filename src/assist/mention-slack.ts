import type { KnownBlock } from '@slack/types';
import { REVIEW } from '../filing/card.ts';
import type { Filings, Known } from '../filing/procedure.ts';
import { Refusal } from '../filing/refusal.ts';
import { type Hit, searchDesk } from '../home/search-desk.ts';
import { button, context, cut, fallback, section } from '../messenger/blocks.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { visibleText } from '../messenger/typed-text.ts';
import type { Db } from '../store/store.ts';

export interface MentionParts {
  filings: Filings & { db: Db };
  whoIs: (slackId: string) => Promise<Known>;
  /** The only channel in which the bot searches. */
  deskChannel: string | null;
}

/** `@보급봇 검색어` in the officers' channel. Only who asked reads the answer, whoever else is in the channel. */
export function registerMention(
  { app, client, log }: Messenger,
  { filings, whoIs, deskChannel }: MentionParts,
): void {
  app.event('app_mention', async ({ event }) => {
    const { channel, user, text = '', thread_ts } = event;
    if (!user) return;
    const answer = async (): Promise<{ text: string; blocks: KnownBlock[] }> => {
      if (channel !== deskChannel) throw new Refusal('검색은 표준API 관리자 채널에서만 할 수 있습니다.');
      const words = visibleText(text.replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' '))
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
        .trim();
      return hitsMessage(words, await searchDesk(filings, filings.db, await whoIs(user), words));
    };
    try {
      const said = await answer().catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { text: error.message, blocks: [section(error.message)] };
      });
      await client.chat.postEphemeral({
        channel,
        user,
        ...(thread_ts ? { thread_ts } : {}), // one that nobody has begun would hide an ephemeral answer
        text: fallback(said.text),
        blocks: said.blocks,
      });
    } catch (error) {
      log.error({ err: error }, 'a mention was not answered');
    }
  });
}

export function hitsMessage(words: string, hits: readonly Hit[]): { text: string; blocks: KnownBlock[] } {
  if (words === '') {
    const text = '찾을 말을 함께 적으십시오. 예: @보급봇 민원관리시스템';
    return { text, blocks: [section(text)] };
  }
  const head =
    hits.length > 0 ? `‘${cut(words, 100)}’ 찾은 결과` : `‘${cut(words, 100)}’에 맞는 것을 찾지 못했습니다.`;
  return {
    text: head,
    blocks: [
      section(head),
      ...hits.map(({ title, detail, filingId }) =>
        section(`${title}\n${detail}`, filingId ? button(REVIEW, '검토', { value: filingId }) : undefined),
      ),
      context('시스템명, 기관명, 기관코드, 접수번호, 라이선스 번호로 찾습니다. 나만 볼 수 있는 답입니다.'),
    ],
  };
}
