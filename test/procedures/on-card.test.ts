import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { getField } from '../../src/messenger/forms/answers.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';

test('a card in a channel shows nothing personal, nothing sensitive and nobody’s own words', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bogeup-keys-'));
  const signer = await makeLocalSigner(dir, new Date('2026-11-23T01:00:00.000Z'));
  const shown = [...allProcedures({ signer, temporaryMonths: 2 }).values()].flatMap(
    ({ name, form, onCard = [] }) =>
      onCard.map((field) => ({ name: `${name}.${field}`, ...getField(form, field) })),
  );
  expect(shown.map(({ name }) => name)).toContain('incident.kind');
  for (const { name, personal, sensitive, input } of shown) {
    expect({ name, personal, sensitive }).toEqual({ name, personal: undefined, sensitive: undefined });
    expect(['choice', 'choices', 'date', 'search'], name).toContain(input.kind);
  }
});
