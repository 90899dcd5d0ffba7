import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { type Bot, createBot } from '../../src/app/app.ts';
import type { AnyProcedure } from '../../src/filing/procedure.ts';
import type { CodePolicy } from '../../src/filing/step-up/code-policy.ts';
import { makeSecretBox } from '../../src/filing/step-up/secret-box.ts';
import type { Mailer } from '../../src/messenger/mail/mailer.ts';
import type { Proof } from '../../src/procedures/registration/prove.ts';
import type { LicenceSource } from '../../src/records/licences/issue.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import type { Signer } from '../../src/records/licences/signer.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { putBlob } from '../../src/store/blobs.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, type TestClock, testClock } from '../ground.ts';
import { NEVER, unhurried } from '../unhurried.ts';

/** The whole product on a stage: a real database, a real Bolt app, the local workspace, and people to act as. */
export interface Stage {
  store: Store;
  workspace: Workspace;
  bot: Bot;
  clock: TestClock;
  signer: Signer;
  /** 행정기관 official, another one, a 공공기관 employee, two officers. */
  kim: Person;
  lee: Person;
  park: Person;
  officer: Person;
  officer2: Person;
  /** Stops the bot, lets something happen while it is away, and starts it again over the same database. */
  restartBot(meanwhile: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export const DESK_CHANNEL = 'C0DESK00001';
const people = [
  {
    id: 'U0KIM000001',
    name: '김보람',
    email: 'kim@korea.kr',
    title: '주무관',
    role: '행정안전부 정보시스템 담당공무원',
  },
  {
    id: 'U0LEE000001',
    name: '이정훈',
    email: 'lee@korea.kr',
    title: '주무관',
    role: '서울특별시 담당공무원',
  },
  {
    id: 'U0PARK00001',
    name: '박수진',
    email: 'park@public.or.kr',
    title: '대리',
    role: '한국환경공단(공공기관) 직원',
  },
  { id: 'U0OFFICER01', name: '최관리', email: 'choi@klid.or.kr', title: '사무관', role: '표준API 관리자' },
  { id: 'U0OFFICER02', name: '정승인', email: 'jung@klid.or.kr', title: '주무관', role: '표준API 관리자' },
];
const officers = ['U0OFFICER01', 'U0OFFICER02'];
const botUser = 'U0BOGEUPBOT';

export interface StageOptions {
  clock?: TestClock;
  /** For people without an account; out of reach without. */
  mailer?: Mailer;
  /** Proof of identity by certificate; off without. */
  proof?: Proof;
  /** Procedures beside those of the house. */
  procedures?: readonly AnyProcedure[];
  /** One-time codes of officers; off without. */
  stepUp?: CodePolicy;
  /** So many more people with accounts, U0CROWD0000 on. */
  crowd?: number;
  /** People in the officers' channel who are no officers. */
  deskGuests?: string[];
  /** Where licences come from; the bot signs without. */
  licenceSource?: LicenceSource;
  /** When the certificate of the licence signer ends; in ten years without. */
  signerUntil?: Date;
  /** Where the bot logs to. */
  log?: Logger;
  /** HTTP mode on this port, signed with this secret; Socket Mode without. */
  http?: { port: number; signingSecret: string };
  /** How long what came to the desk is gathered before open homes show it, in ms; without it no test lives so long. */
  homePause?: number;
  /** The bot's own patience with a submission, in ms; without it no window ever says that something takes long. */
  patience?: number;
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const clock = options.clock ?? testClock();
  const store = await openTestStore();
  const made = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), clock.now());
  const signer = { ...made, notAfter: options.signerUntil ?? made.notAfter };
  await seed(store, clock.now());
  const { http } = options;
  const workspace = await startWorkspace({
    port: 0,
    ...unhurried,
    ...(http ? { http: { url: `http://127.0.0.1:${http.port}/slack/events`, ...http } } : {}),
    people: [...people, ...crowdOf(options.crowd ?? 0)],
    channels: [
      {
        id: DESK_CHANNEL,
        name: '표준api-관리',
        private: true,
        members: [...officers, ...(options.deskGuests ?? []), botUser],
      },
    ],
    bot: {
      name: '보급봇',
      userId: botUser,
      commands: [
        {
          command: '/bogeup',
          usage: '신청 | 현황 | 문의 | 폐지목록 | 도움말',
          description: '표준API 신청과 현황',
        },
      ],
      scopes: [
        'app_mentions:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'im:write',
        'im:history',
        'groups:history',
        'users:read',
      ],
    },
  });
  async function startBot(): Promise<Bot> {
    const bot = await createBot({
      store,
      config: { temporaryMonths: 2, databaseUrl: null, licenceSource: options.licenceSource ?? 'own' },
      now: clock.now,
      log: options.log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
      signer,
      patience: options.patience ?? NEVER,
      homePause: options.homePause ?? NEVER,
      byTheClock: false,
      mailer: options.mailer ?? null,
      proof: options.proof ?? null,
      moreProcedures: options.procedures ?? [],
      stepUp: options.stepUp ? { box: makeSecretBox(Buffer.alloc(32, 7)), policy: options.stepUp } : null,
      slack: {
        ...(http ? { mode: 'http', ...http } : { mode: 'socket', appToken: workspace.appToken }),
        botToken: workspace.botToken,
        apiUrl: workspace.apiUrl,
        adminChannel: DESK_CHANNEL,
        officers,
      },
    });
    await bot.start();
    return bot;
  }
  const [kim, lee, park, officer, officer2] = people.map(({ id }) => workspace.person(id)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const stage: Stage = {
    store,
    workspace,
    bot: await startBot(),
    clock,
    signer,
    kim,
    lee,
    park,
    officer,
    officer2,
    restartBot: async (meanwhile) => {
      await stage.bot.stop();
      await meanwhile();
      stage.bot = await startBot();
    },
    close: async () => {
      await stage.bot.stop();
      await workspace.close();
      await store.close();
    },
  };
  return stage;
}

/** Accounts of the many, by their number. */
export const crowdId = (number: number) => `U0CROWD${String(number).padStart(4, '0')}`;

function crowdOf(count: number) {
  return Array.from({ length: count }, (_, n) => ({ id: crowdId(n), name: `담당자${n}` }));
}

async function seed({ db }: Store, now: Date): Promise<void> {
  await db.agency.createMany({
    data: [
      { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' },
      { code: '6110000', name: '서울특별시', kind: 'ADMINISTRATIVE' },
      { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' },
    ],
  });
  const bytes = Buffer.from('sample module: not the real one');
  const sha256 = await db.$transaction((tx) => putBlob(tx, bytes, now));
  const module = { name: '표준API 모듈', os: 'LINUX', bits: 64, sha256, addedBy: 'test', addedAt: now };
  await db.moduleRelease.createMany({
    data: [
      { ...module, language: 'JAVA', version: '1.4.0', fileName: 'old.tar' },
      { ...module, language: 'JAVA', version: '1.10.0', fileName: 'gpkiapi-java-linux-64.tar' },
      { ...module, language: 'C', version: '1.5.0', fileName: 'gpkiapi-c-linux-64.tar' },
    ],
  });
}
