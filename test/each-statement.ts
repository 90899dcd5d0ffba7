import type { SqlMigrationAwareDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';

/** The same adapter; `before` is waited for before each statement, in a transaction and outside. */
export function eachStatement(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  before: (sql: string) => Promise<void> | void,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connectToShadowDb: () => adapter.connectToShadowDb(),
    connect: async () => {
      const connection = hooked(await adapter.connect(), before);
      const begin = connection.startTransaction.bind(connection);
      connection.startTransaction = async (level) => hooked(await begin(level), before);
      return connection;
    },
  };
}

function hooked<Q extends SqlQueryable>(queryable: Q, before: (sql: string) => Promise<void> | void): Q {
  const { queryRaw, executeRaw } = queryable;
  queryable.queryRaw = async (query) => {
    await before(query.sql);
    return queryRaw.call(queryable, query);
  };
  queryable.executeRaw = async (query) => {
    await before(query.sql);
    return executeRaw.call(queryable, query);
  };
  return queryable;
}
