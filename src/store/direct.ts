import {
  type ArgType,
  ColumnTypeEnum as Column,
  type ColumnType,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQueryable,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { v4 as uuid4 } from 'uuid';
import { Prisma, PrismaClient } from './client/client.ts';

/**
 * Opens Prisma's client on a database. SQL written by hand (`$queryRaw`, `$executeRaw`) goes straight to the driver,
 * inside a transaction and outside, for a third of the CPU: what Prisma does around a statement of its own is not needed
 * for it. Values, rows and errors are those of Prisma.
 */
export function openClient(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  transactionOptions: { maxWait: number; timeout: number },
): PrismaClient {
  const driver = new Driver(adapter);
  const prisma = new PrismaClient({ adapter: driver.factory, transactionOptions });
  const connected = async () => {
    if (!driver.connection) await prisma.$connect();
    if (!driver.connection) throw new Error('the database is not connected');
    return driver.connection;
  };
  return instead(prisma, {
    ...rawOn(connected),
    $transaction: ((work: unknown, options?: object) =>
      typeof work !== 'function'
        ? prisma.$transaction(work as [], options)
        : prisma.$transaction(async (tx) => {
            const transaction = await driver.transactionOf(tx);
            return work(instead(tx, rawOn(transaction)));
          }, options)) as PrismaClient['$transaction'],
  });
}

/** A statement that never reaches the database: a transaction of Prisma's says with it which one of the driver's it is. */
const WHICH = '-- which transaction is this? ';

/** Keeps what Prisma asks the adapter to open, so that statements can be sent there directly. */
class Driver {
  connection: SqlDriverAdapter | null = null;
  readonly factory: SqlMigrationAwareDriverAdapterFactory;
  private readonly answers = new Map<unknown, Queryable>();

  constructor(adapter: SqlMigrationAwareDriverAdapterFactory) {
    this.factory = {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      connectToShadowDb: () => adapter.connectToShadowDb(),
      connect: async () => {
        const connection = await adapter.connect();
        const begin = connection.startTransaction.bind(connection);
        connection.startTransaction = async (level) => this.watched(await begin(level));
        this.connection = connection;
        return connection;
      },
    };
  }

  async transactionOf(tx: Prisma.TransactionClient): Promise<Queryable> {
    const token = uuid4();
    await tx.$executeRaw(Prisma.sql([WHICH, ''], token));
    const found = this.answers.get(token);
    this.answers.delete(token);
    if (!found) throw new Error('a transaction did not say which one it is');
    return found;
  }

  private watched(transaction: Transaction): Transaction {
    const { executeRaw, commit, rollback } = transaction;
    let over = false;
    const open = () => {
      // After its end a statement would count by itself, and the connection may belong to somebody else.
      if (over) throw new Error('the transaction is over');
      return transaction;
    };
    transaction.executeRaw = async (query) => {
      if (query.sql === 'COMMIT' || query.sql === 'ROLLBACK') over = true;
      if (!query.sql.startsWith(WHICH)) return executeRaw.call(transaction, query);
      this.answers.set(query.args[0], open);
      return 0;
    };
    transaction.commit = () => {
      over = true;
      return commit.call(transaction);
    };
    transaction.rollback = () => {
      over = true;
      return rollback.call(transaction);
    };
    return transaction;
  }
}

/** Gives what is to be asked at once, so that nothing comes between this and the statement, or when it is connected. */
type Queryable = () => SqlQueryable | Promise<SqlQueryable>;
type Raw = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

function rawOn(queryable: Queryable): Raw {
  return {
    $queryRaw: (async (text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      readRows(await run(queryable, 'queryRaw', sqlOf(text, values)))) as unknown as Raw['$queryRaw'],
    $executeRaw: (async (text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      run(queryable, 'executeRaw', sqlOf(text, values))) as unknown as Raw['$executeRaw'],
  };
}

/** @throws what Prisma throws: P2010 when the database refuses the statement, else PrismaClientUnknownRequestError */
async function run<How extends 'queryRaw' | 'executeRaw'>(
  queryable: Queryable,
  how: How,
  { text, values }: Prisma.Sql,
): Promise<Awaited<ReturnType<SqlQueryable[How]>>> {
  const clientVersion = Prisma.prismaVersion.client;
  try {
    const query = { sql: text, args: values, argTypes: values.map(argTypeOf) };
    const found = queryable();
    const to = found instanceof Promise ? await found : found;
    return (await to[how](query)) as Awaited<ReturnType<SqlQueryable[How]>>;
  } catch (error) {
    if (!isDriverAdapterError(error))
      throw new Prisma.PrismaClientUnknownRequestError(String(error), { clientVersion });
    const { originalCode, originalMessage, kind } = error.cause;
    const message = `Raw query failed. Code: \`${originalCode ?? 'N/A'}\`. Message: \`${originalMessage ?? kind}\``;
    throw new Prisma.PrismaClientKnownRequestError(message, {
      code: 'P2010',
      clientVersion,
      meta: { driverAdapterError: error },
    });
  }
}

const sqlOf = (text: TemplateStringsArray | Prisma.Sql, values: unknown[]): Prisma.Sql =>
  'raw' in text ? Prisma.sql(text, ...values) : text;

const argTypeOf = (value: unknown): ArgType => ({
  scalarType: (Array.isArray(value) ? value[0] : value) instanceof Date ? 'datetime' : 'unknown',
  arity: Array.isArray(value) ? 'list' : 'scalar',
});

type Reader = (value: unknown) => unknown;

const instant: Reader = (value) => new Date(value as string);
const readers: Partial<Record<ColumnType, Reader>> = {
  [Column.Int64]: (value) => BigInt(value as string),
  [Column.Numeric]: (value) => new Prisma.Decimal(value as string),
  [Column.Date]: instant,
  [Column.DateTime]: instant,
  [Column.Time]: (value) => new Date(`1970-01-01T${value}Z`),
  [Column.Json]: (value) => JSON.parse(value as string),
  [Column.Bytes]: (value) => new Uint8Array(value as Buffer),
};
/** The column types of arrays follow those of their elements at this distance. */
const ARRAY = Column.Int32Array - Column.Int32;
for (const [type, element] of Object.entries(readers))
  readers[(Number(type) + ARRAY) as ColumnType] = (list) =>
    (list as unknown[]).map((item) => (item === null ? null : element(item)));

function readRows({ columnNames, columnTypes, rows }: SqlResultSet): Record<string, unknown>[] {
  return rows.map((row) => {
    const read: Record<string, unknown> = {};
    columnNames.forEach((name, at) => {
      const value = row[at];
      const reader = readers[columnTypes[at] as ColumnType];
      read[name] = reader && value !== null ? reader(value) : value;
    });
    return read;
  });
}

/** The same object, with these methods in place of its own. */
function instead<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get: (of, name) => (Object.hasOwn(methods, name) ? methods[name as keyof T] : Reflect.get(of, name, of)),
  });
}
