/** Pure changes of a message list; lists are ordered by ts, oldest first. */

/** A reply lives in its thread, not in the conversation. */
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

const byTs = (a, b) => Number(a.ts) - Number(b.ts);

/** Adds messages, or puts newer versions in place of those with the same ts. */
export function upsert(list, messages) {
  const known = new Map(list.map((message) => [message.ts, message]));
  for (const message of messages) known.set(message.ts, message);
  return [...known.values()].sort(byTs);
}

/**
 * The list with a page of its newest messages, all of which were requested anew. Of what the page covers, it knows what
 * is still there; older messages stay only where nothing can be missing between them and the page.
 * @param {{known: object[], now: object[], page: object[], full: boolean}} lists `known` before anything could be
 *   missed; `now` also with what was received since; `full`: there may be older messages than those of the page
 * @returns {{messages: object[], joined: boolean}} `joined`: the older messages stayed
 */
export function withPage({ known, now, page, full }) {
  const newest = Number(known.at(-1)?.ts ?? 0);
  const floor = full ? Number(page[0].ts) : 0;
  const joined = newest >= floor;
  const kept = now.filter(({ ts }) => Number(ts) > newest || (joined && Number(ts) < floor));
  return { messages: upsert(kept, page), joined };
}

export const without = (list, ts) => list.filter((message) => message.ts !== ts);

/** Counts a reply on its parent, when the parent is in the list. */
export function countReply(list, reply) {
  return list.map((message) =>
    message.ts === reply.thread_ts ? { ...message, reply_count: (message.reply_count ?? 0) + 1 } : message,
  );
}

/**
 * Where the "new messages" line goes: before the last `unread` messages that others wrote.
 * @returns {string | null} ts of the first unread message
 */
export function firstUnread(list, unread, me) {
  const others = list.filter((message) => message.user !== me);
  return unread > 0 ? (others.at(-Math.min(unread, others.length))?.ts ?? null) : null;
}
