import { expect, test } from 'vitest';
import { addressOf } from '../../../src/app/operator/postgres-tools.ts';

test('the tools of PostgreSQL get what the address says, also about TLS', () => {
  expect(addressOf('postgresql://kim:a%40b@db.example.go.kr:6432/bo%20geup')).toEqual({
    PGUSER: 'kim',
    PGPASSWORD: 'a@b',
    PGHOST: 'db.example.go.kr',
    PGPORT: '6432',
    PGDATABASE: 'bo geup',
  });
  const secured =
    'postgresql://kim@db/x?sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=/etc/c.pem&sslkey=/etc/k.pem';
  expect(addressOf(secured)).toMatchObject({
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: '/etc/ca.pem',
    PGSSLCERT: '/etc/c.pem',
    PGSSLKEY: '/etc/k.pem',
  });
});
