import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from './clock.ts';
import type { Journal } from './journal.ts';
import type { Dict } from './json.ts';
import type { State } from './state.ts';
import type { Identity, StoredFile } from './types.ts';

const MIME: Record<string, string> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  hwp: 'application/x-hwp',
  hwpx: 'application/hwp+zip',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** The extension in lower case, or 'binary' as Slack says when there is none. */
function fileTypeOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? 'binary';
}

/** Files and their bytes: on disk next to the journal, or in memory. */
export class FileStore {
  readonly #records = new Map<string, StoredFile>();
  readonly #bytes = new Map<string, Buffer>();
  readonly #journal: Journal;
  readonly #dir: string | null;

  constructor(journal: Journal, dataDir: string | undefined) {
    this.#journal = journal;
    this.#dir = dataDir === undefined ? null : join(dataDir, 'files');
    if (this.#dir) mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    for (const [id, record] of journal.load('file')) this.#records.set(id, record as StoredFile);
  }

  /** Makes the record of a file whose bytes will follow. */
  announce(given: { owner: string; name: string; size: number; created: number }): StoredFile {
    const mimetype = MIME[fileTypeOf(given.name)] ?? 'application/octet-stream';
    const file: StoredFile = {
      ...given,
      id: newId('F'),
      title: given.name,
      mimetype,
      complete: false,
      shares: [],
    };
    this.save(file);
    return file;
  }

  get(id: string): StoredFile | undefined {
    return this.#records.get(id);
  }

  save(file: StoredFile): void {
    this.#records.set(file.id, file);
    this.#journal.put('file', file.id, file);
  }

  write(file: StoredFile, bytes: Buffer): void {
    if (this.#dir) {
      // Renamed into place, so that a kill never leaves half a file under its name.
      const path = join(this.#dir, file.id);
      writeFileSync(`${path}.new`, bytes, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } else {
      this.#bytes.set(file.id, bytes);
    }
    this.save({ ...file, size: bytes.length });
  }

  read(id: string): Buffer | undefined {
    if (!this.#dir) return this.#bytes.get(id);
    const path = join(this.#dir, id);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  erase(file: StoredFile): void {
    this.save({ ...file, deleted: true });
    this.#bytes.delete(file.id);
    if (this.#dir) rmSync(join(this.#dir, file.id), { force: true });
  }
}

/** Whether a person may read the file: its owner, and people who see a message with it. */
export function maySeeFile(file: StoredFile, userId: string, state: State): boolean {
  if (file.deleted || !file.complete) return false;
  if (file.owner === userId) return true;
  return file.shares.some(({ channel, ts }) => {
    const hiddenFrom = state.message(channel, ts)?.ephemeralTo;
    return state.maySee(channel, userId) && (hiddenFrom === undefined || hiddenFrom === userId);
  });
}

/** Whether the bot may read the file: as for a person, or because it was given to the bot in a file input. */
export function botMaySeeFile(file: StoredFile, state: State, identity: Identity): boolean {
  if (file.deleted) return false;
  if (file.owner === identity.botUserId || file.givenToBot) return true;
  return file.shares.some(({ channel }) => state.isMember(channel, identity.botUserId));
}

/** A file in Slack's shape. `bare` leaves type and shares empty, as the answer to a fresh upload does. */
export function fileObject(
  file: StoredFile,
  url: string,
  state: State,
  identity: Identity,
  bare = false,
): Dict {
  const filetype = fileTypeOf(file.name);
  const path = `${identity.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const of = (kind: 'public' | 'private' | 'im') =>
    file.shares.filter(({ channel }) => {
      const conversation = state.conversations.get(channel);
      if (conversation?.kind === 'dm') return kind === 'im';
      return kind === (conversation?.private ? 'private' : 'public');
    });
  const ids = (kind: 'public' | 'private' | 'im') => [...new Set(of(kind).map((share) => share.channel))];
  const shares: Dict = {};
  for (const kind of ['public', 'private'] as const) {
    const shared = kind === 'private' ? [...of('private'), ...of('im')] : of('public');
    if (bare || shared.length === 0) continue;
    shares[kind] = Object.fromEntries(
      shared.map(({ channel, ts }) => [
        channel,
        [
          {
            reply_users: [],
            reply_users_count: 0,
            reply_count: 0,
            ts,
            source: 'UNKNOWN',
            team_id: identity.teamId,
          },
        ],
      ]),
    );
  }
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: bare ? '' : file.mimetype,
    filetype: bare ? '' : filetype,
    pretty_type: bare ? '' : filetype.toUpperCase(),
    user: file.owner,
    user_team: identity.teamId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: !bare && of('public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${url}/files-pri/${path}/${name}`,
    url_private_download: `${url}/files-pri/${path}/download/${name}`,
    media_display_type: 'unknown',
    permalink: `${url}/files/${file.id}/${name}`,
    permalink_public: `${url}/files-public/${path}`,
    comments_count: 0,
    shares,
    channels: bare ? [] : ids('public'),
    groups: bare ? [] : ids('private'),
    ims: bare ? [] : ids('im'),
    has_rich_preview: false,
    file_access: 'visible',
  };
}
