/** Words of the Standard API: an error text with one of them is about it. */
const OURS =
  /gpki|라이[선센]스|표준\s*(?:보안\s*)?API|dsjdf|ERR_(?!SSL|CONNECTION|NAME|CERT|HTTP|CACHE|BLOCKED|MODULE|REQUIRE|INVALID)[A-Z_]{4,}/i;

/** Words of other products, whose errors look similar. */
const others: readonly (readonly [name: string, words: RegExp])[] = [
  [
    'Oracle 데이터베이스',
    /\bORA-\d{4,5}\b|oracle(?!\s*(?:linux|jdk|java))|오라클(?!\s*(?:리눅스|자바))|\bTNS[-:]/i,
  ],
  ['MySQL, MariaDB', /mysql|mariadb/i],
  ['PostgreSQL', /postgres|psql|\bPSQLException/i],
  ['Tibero, Cubrid, Altibase', /tibero|티베로|cubrid|큐브리드|altibase|알티베이스/i],
  ['SQL Server', /sqlserver|mssql/i],
  ['데이터베이스(JDBC)', /\bjdbc\b|java\.sql\.|HikariPool|SQLException/i],
  ['npm', /\bnpm (?:ERR|error|WARN)|node_modules|\bnpm (?:i|install|ci|run)\b/i],
  ['git', /\bfatal: |\bgit (?:clone|pull|push|fetch|commit|merge)\b|github\.com|gitlab/i],
  ['Maven, Gradle', /\bmvn\b|maven|gradle/i],
  ['Docker', /\bdocker\b|도커/i],
  ['Redis, Kafka', /\bredis\b|\bkafka\b/i],
  ['브라우저', /\b(?:net::)?ERR_(?:SSL|CONNECTION|NAME|CERT|HTTP|CACHE|BLOCKED)\w*/i],
  ['SSH, 원격 접속', /\bssh: |\bscp: |publickey/i],
];

/** The other product that an error text is about; null where the error may be one of the Standard API. */
export function otherProduct(text: string): string | null {
  if (OURS.test(text)) return null;
  return others.find(([, words]) => words.test(text))?.[0] ?? null;
}
