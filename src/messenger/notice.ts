import type { KnownBlock } from '@slack/types';
import type { FileRef } from '../store/blobs.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';

/** A rendered notice. `text` is shown where blocks cannot be; files and blocks are sent as one message. */
export interface Notice {
  text: string;
  blocks: KnownBlock[];
  files?: NoticeFile[];
  /** The ts of the message in whose thread the notice is posted. */
  thread?: string;
  /** Updates this earlier message instead of posting; if it was deleted, nothing is posted, and anew if it is another bot's. */
  replaces?: { channel: string; ts: string };
  /** Deletes the message of this outbox row, with its files, instead of posting. */
  takesBack?: OutboxRow;
  /** Called after the files were sent, to delete what was stored for them only. It may run twice after a crash. */
  afterwards?: (db: Db) => Promise<void>;
}

/** A stored file, or the bytes of one that is made at sending and must not be stored. */
export type NoticeFile = FileRef | { name: string; bytes: Uint8Array };

/** How a notice is sent: a mail has no buttons, so it describes in words what to do. */
export type Medium = 'messenger' | 'mail';

/** The content of an outbox row: ids, never text. */
export type Facts = Record<string, string | number | null>;

/**
 * Makes the notice of an outbox row from its facts when it is sent. `to` is the recipient, who may have lost the right
 * to see it meanwhile. Null: the notice is out of date, or the recipient may no longer see it.
 */
export type Renderer = (db: Db, facts: Facts, by?: Medium, to?: string) => Promise<Notice | null>;

/** A notice that is not sent once, but whose posted copies are kept up to date. */
export interface CardRenderer {
  card: Renderer;
  /** The name of the fact with the id of the subject that the copies show: a filing, a survey round. */
  subject: string;
}

export type Notices = Record<string, Renderer | CardRenderer>;
