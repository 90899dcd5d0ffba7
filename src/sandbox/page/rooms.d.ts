interface PageMessage {
  ts: string;
  user?: string;
  text?: string;
  thread_ts?: string;
  reply_count?: number;
}
export function isReply(message: PageMessage): boolean;
export function upsert(list: PageMessage[], messages: PageMessage[]): PageMessage[];
export function withPage(lists: {
  known: PageMessage[];
  now: PageMessage[];
  page: PageMessage[];
  full: boolean;
}): { messages: PageMessage[]; joined: boolean };
export function without(list: PageMessage[], ts: string): PageMessage[];
export function countReply(list: PageMessage[], reply: PageMessage): PageMessage[];
export function firstUnread(list: PageMessage[], unread: number, me: string): string | null;
