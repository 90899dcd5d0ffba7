import type { Dict } from './json.ts';

export interface SeedPerson {
  id: string;
  name: string;
  title?: string;
  email?: string;
  /** One line shown in the switcher, such as '○○시청 담당공무원'. */
  role?: string;
  /** The person is deactivated and cannot act any more. */
  deleted?: boolean;
}

export interface SeedChannel {
  id: string;
  name: string;
  private: boolean;
  /** User ids; the bot is a member if its user id is among them. */
  members: string[];
}

interface SlashCommand {
  command: string;
  usage: string;
  description: string;
}

interface Shortcut {
  name: string;
  type: 'global' | 'message';
  callback_id: string;
  description: string;
}

export interface WorkspaceOptions {
  /** 0 takes any free port. */
  port: number;
  /** Where the journal and the files are kept; without it everything is in memory only. */
  dataDir?: string;
  people: SeedPerson[];
  channels: SeedChannel[];
  bot: {
    name: string;
    userId: string;
    commands: SlashCommand[];
    /** The bot's shortcuts, as in an app manifest. */
    shortcuts?: Shortcut[];
    scopes: string[];
  };
  /** Both tokens are random by default, made once and kept in `dataDir`. */
  botToken?: string;
  appToken?: string;
  /** When set, everything is POSTed signed to `url`, as Slack does without Socket Mode. */
  http?: { url: string; signingSecret: string };
  now?: () => Date;
  /** How long the bot may take to acknowledge; Slack's own 3,000 ms by default. */
  ackTimeoutMs?: number;
  /** How long after a click its trigger_id opens a view; Slack's own 3,000 ms by default. */
  triggerLifeMs?: number;
  /** Waits before an unacknowledged event is sent again; Slack's at once, 1 min, 5 min by default. */
  retryDelaysMs?: readonly number[];
}

/** An offer of the bot to fill a workspace that nobody has used yet. */
export interface Example {
  /** Whether the offer still stands: nobody has used the workspace yet. */
  isOffered(): Promise<boolean>;
  fill(): Promise<void>;
  /** The people who join the workspace when it is filled. */
  people: readonly SeedPerson[];
}

export interface Conversation {
  id: string;
  name: string;
  kind: 'channel' | 'dm' | 'group';
  private: boolean;
  /** User ids, the bot's included when it is a member. */
  members: string[];
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  /** Set when the bot wrote it. */
  bot?: boolean;
  username?: string;
  blocks?: Dict[];
  attachments?: Dict[];
  /** File ids. */
  files?: string[];
  subtype?: string;
  thread_ts?: string;
  edited?: { user: string; ts: string };
  metadata?: Dict;
  reactions?: { name: string; users: string[]; count: number }[];
  pinned?: boolean;
  /** The only person who sees it. */
  ephemeralTo?: string;
}

/** view.state.values: block_id, then action_id, then the element's value. */
export type Values = Record<string, Record<string, Dict>>;

export interface View {
  id: string;
  team_id: string;
  type: 'modal' | 'home';
  blocks: Dict[];
  private_metadata: string;
  callback_id: string;
  state: { values: Values };
  hash: string;
  title: Dict;
  clear_on_close: boolean;
  notify_on_close: boolean;
  close: Dict | null;
  submit: Dict | null;
  previous_view_id: string | null;
  root_view_id: string;
  app_id: string;
  external_id: string;
  app_installed_team_id: string;
  bot_id: string;
}

export interface StoredFile {
  id: string;
  owner: string;
  name: string;
  title: string;
  size: number;
  mimetype: string;
  /** Seconds since 1970. */
  created: number;
  /** False until the bytes have arrived and, for the bot's own, until the upload is completed. */
  complete: boolean;
  deleted?: boolean;
  /** Set once a person handed it to the bot in a modal's file input. */
  givenToBot?: boolean;
  /** The messages that contain the file, by which people can see it. */
  shares: { channel: string; ts: string }[];
}

/** The ids of the workspace, the app and the bot, in Slack's form. */
export interface Identity {
  teamId: string;
  teamName: string;
  teamDomain: string;
  appId: string;
  botId: string;
  botUserId: string;
  botName: string;
  /** The legacy verification token that every payload carries. */
  verificationToken: string;
}
