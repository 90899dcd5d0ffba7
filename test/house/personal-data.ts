/**
 * Every text and JSON column of the database: what it holds of people, where somebody finds it in their own 열람본
 * (people/privacy/person-export.ts) and whether it goes when its time is over (destroy.ts). A new column without an entry
 * fails the house test; what an entry says is proved in test/people/privacy/personal-data.test.ts.
 */
export interface Personal {
  /** In the 열람본, or why not. */
  exported: true | string;
  /** Gone after the destruction, or why it stays. */
  destroyed: true | string;
}

export interface Table {
  /** Keys, codes and days, words of the bot or of an office: they tell of nobody beyond the id. */
  plain: readonly string[];
  personal: Readonly<Record<string, Personal>>;
}

const both: Personal = { exported: true, destroyed: true };
const unseen = (exported: string): Personal => ({ exported, destroyed: true });
const plain = (...columns: string[]): Table => ({ plain: columns, personal: {} });

export const personalData: Readonly<Record<string, Table>> = {
  Agency: plain('code', 'name', 'successorCode', 'source'),
  HeardMessage: plain('channel', 'ts'),
  Person: {
    plain: ['id', 'agencyCode'],
    personal: {
      slackId: both,
      name: both,
      department: both,
      position: both,
      phone: both,
      mobile: both,
      email: both,
    },
  },
  Grant: plain('id', 'personId', 'grantedBy', 'agreedBy', 'endedBy'),
  Absence: {
    plain: ['id', 'officerId', 'substituteId', 'fromOn', 'toOn', 'endedBy'],
    personal: { memo: both },
  },
  Consent: { plain: ['id', 'personId', 'kind', 'version'], personal: { text: both } },
  System: plain(
    'id',
    'name',
    'agencyCode',
    'contactId',
    'deputyId',
    'serverIps',
    'serverCn',
    'serviceOn',
    'profile', // fields of the application form that describe the system
  ),
  Filing: {
    plain: [
      'id',
      'number',
      'procedure',
      'applicantId',
      'enteredBy',
      'namedId',
      'agencyCode',
      'systemId',
      'systemIds',
      'letterKey',
      'decidedBy',
    ],
    personal: {
      reason: both,
      title: unseen('the name of a system; of a role change, the masked name of somebody else'),
    },
  },
  Revision: {
    plain: ['filingId', 'submittedBy', 'dataSubjectId'],
    personal: {
      answers: both,
      remarks: both,
      before: unseen('what stood before is in the filing that said it, or tells of a predecessor'),
    },
  },
  CaseNote: { plain: ['id', 'filingId', 'personId', 'item'], personal: { text: both } },
  Draft: { plain: ['id', 'personId', 'procedure', 'subject'], personal: { answers: both } },
  DraftHelper: plain('id', 'helperId', 'invitedBy', 'procedure', 'draftId', 'filingId', 'endedBy'),
  Licence: {
    plain: [
      'id',
      'number',
      'systemId',
      'filingId',
      'payload', // system, agency, hosts, module
      'fileName',
      'sha256',
      'moduleId',
      'expiresOn',
      'previousId',
    ],
    personal: { endReason: unseen('of the system, and the same words as in the filing that ended it') },
  },
  ModuleRelease: plain('id', 'name', 'version', 'language', 'os', 'fileName', 'sha256', 'notes', 'addedBy'),
  Blob: plain('sha256'),
  BlobPiece: plain('sha256'),
  Audit: {
    plain: ['actor', 'action', 'subject', 'person', 'previous', 'hash'],
    personal: {
      place: {
        exported: true,
        destroyed: 'a chain has no way to take a row out; a channel or `slack:modal`',
      },
      data: { exported: true, destroyed: 'the same; ids, codes and the reason of a reading' },
    },
  },
  AuditHead: plain('hash'),
  Outbox: {
    plain: ['id', 'key', 'recipient', 'facts', 'claimedBy', 'uploads'],
    personal: {
      notice: { exported: true, destroyed: 'which kind of message; to an id that names nobody' },
      channel: unseen('the conversation with the bot, which is the account'),
      ts: unseen('the place in that conversation'),
      error: unseen('what a server answered; of the delivery, not of the person'),
    },
  },
  Broadcast: plain('key', 'kind', 'subject', 'upTo'),
  Reminded: {
    plain: ['message', 'key', 'subject', 'dueOn', 'recipient', 'facts', 'saidOn'],
    personal: { notice: both },
  },
  ReminderMark: { plain: ['personId', 'until'], personal: { item: both } },
  Card: plain('channel', 'ts', 'subject'),
  SurveyRound: plain('id', 'name', 'closesOn', 'scope', 'basis', 'message', 'openedBy', 'endedBy'),
  SurveyTarget: {
    plain: ['roundId', 'systemId', 'personId', 'unchangedBy'],
    personal: {
      note: unseen('why somebody else is asked tells of whoever was asked before'),
      received: unseen('the mail or 공문 of an agency that an officer received'),
    },
  },
  Holiday: plain('day', 'name', 'addedBy'),
  Phrase: plain('id', 'text', 'label', 'addedBy'),
  Counter: plain('name'),
  Installation: plain('teamId', 'botId'),
  Certificate: {
    plain: ['id', 'personId', 'systemId'],
    personal: {
      cn: both,
      subject: both,
      issuer: both,
      serial: both,
      policy: both,
      fingerprint: both,
      pem: unseen('the certificate itself, which is the person’s own; what it says is listed'),
    },
  },
  Challenge: { plain: ['id', 'personId'], personal: { text: unseen('random, and used up in ten minutes') } },
  StepUp: {
    plain: ['personId'],
    personal: {
      secret: unseen('a secret is shown once, when it is made'),
      pending: unseen('the same'),
      recoveryHashes: unseen('hashes of secrets'),
    },
  },
  Destruction: plain('id', 'filingId', 'subject', 'description', 'basis', 'proposedBy', 'approvedBy'),
  Question: { plain: ['id', 'number', 'askerId', 'systemId', 'assigneeId'], personal: { title: both } },
  QuestionEntry: {
    plain: ['id', 'questionId', 'authorId', 'editedTs'],
    personal: {
      text: both,
      files: both,
      channel: unseen('the conversation with the bot, which is the account'),
      ts: unseen('the place in that conversation'),
    },
  },
  // What an office published; whoever wrote it is an id.
  BoardNotice: plain('id', 'kind', 'title', 'text', 'files', 'pinnedUntil', 'writtenBy'),
  BoardNoticeVersion: plain('noticeId', 'content', 'by'),
  BoardNoticeReading: plain('noticeId', 'personId'),
  Resource: plain('id', 'category', 'title', 'text', 'questionId', 'addedBy'),
  ResourceVersion: plain('resourceId', 'title', 'text', 'files', 'by'),
};

/** Text and JSON columns by table, of a schema as prisma/schema.prisma writes it. */
export function textColumns(schema: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const [, table = '', body = ''] of schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const columns = [...body.matchAll(/^ {2}(\w+) +(?:String|Json)(?:\[\]|\?)?(?=\s|$)/gm)];
    tables.set(table, columns.map(([, column = '']) => column).sort());
  }
  return tables;
}

/** What is in the schema and not here, here and not in the schema, or here twice; empty when they agree. */
export function disagreements(schema: string, entries = personalData): string[] {
  const tables = textColumns(schema);
  const told = Object.entries(entries).flatMap(([table, entry]) =>
    [...entry.plain, ...Object.keys(entry.personal)].map((column) => `${table}.${column}`),
  );
  const real = [...tables].flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`));
  return [
    ...[...tables.keys()].filter((table) => !Object.hasOwn(entries, table)).map((one) => `no entry: ${one}`),
    ...real.filter((column) => !told.includes(column)).map((one) => `no entry: ${one}`),
    ...told.filter((column) => !real.includes(column)).map((one) => `no such column: ${one}`),
    ...told.filter((column, at) => told.indexOf(column) !== at).map((one) => `twice: ${one}`),
  ];
}
