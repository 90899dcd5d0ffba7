import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allProcedures } from '../../src/app.ts';
import { wantsCode } from '../../src/filing/steps.ts';
import { makeLocalSigner } from '../../src/licences/local-signer.ts';

/** What signs a licence, grants a role or destroys wants the officer's code; a new procedure is decided here. */
const ON_APPROVAL = {
  registration: false,
  application: true,
  resultReport: true,
  reissueRequest: true,
  reissueCall: true,
  temporaryReissue: true,
  roleChange: true,
  destruction: true,
};

test('which approvals want a one-time code; taking one back always does', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bogeup-keys-'));
  const signer = await makeLocalSigner(dir, new Date('2026-11-23T01:00:00.000Z'));
  for (const byCertificate of [false, true]) {
    const procedures = allProcedures({ signer, temporaryMonths: 2 }, byCertificate);
    const wanted = procedures.map((procedure) => [procedure.name, wantsCode('filing.approve', procedure)]);
    expect(Object.fromEntries(wanted)).toEqual(ON_APPROVAL);
    for (const procedure of procedures) {
      expect(wantsCode('filing.reopen', procedure), procedure.name).toBe(true);
      expect(wantsCode('filing.return', procedure), procedure.name).toBe(false);
    }
  }
});
