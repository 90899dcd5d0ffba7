import type { KnownBlock } from '@slack/types';
import type { FileRef } from '../store/blobs.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';

/** A rendered notice. `text` is the plain fallback; files are shared with the blocks as one message. */
export interface Notice {
  text: string;
  blocks: KnownBlock[];
  files?: NoticeFile[];
  /** ts of the message in whose thread it is said. */
  thread?: string;
  /** Brings a message that was said before up to date instead; one that is gone is left gone. */
  replaces?: { channel: string; ts: string };
  /** Deletes what this row of the outbox became, files and all, and says nothing. */
  takesBack?: OutboxRow;
  /** After the files were shared: what was kept for them only goes. May run again after a crash. */
  afterwards?: (db: Db) => Promise<void>;
}

/** A stored file, or one that is made when it is sent and must lie nowhere else. */
export type NoticeFile = FileRef | { name: string; bytes: Uint8Array };

/** How a notice reaches somebody: what has to be pressed in the messenger has to be said otherwise in a mail. */
export type Medium = 'messenger' | 'mail';

/** What an outbox row holds of its message: ids, never words. */
export type Facts = Record<string, string | number | null>;

/**
 * Renders an outbox row from its facts when it is sent. `to`: whose it is, who may have lost the right to it since it
 * was told. Null: it is no longer worth saying, or no longer theirs.
 */
export type Renderer = (db: Db, facts: Facts, by?: Medium, to?: string) => Promise<Notice | null>;

/** A notice that keeps its posted copies up to date instead of being said once. */
export interface CardRenderer {
  card: Renderer;
  /** Which fact names what the copies show: a filing, a survey round. */
  subject: string;
}

export type Notices = Record<string, Renderer | CardRenderer>;
