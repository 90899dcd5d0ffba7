import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { wantsCode } from '../../src/filing/steps.ts';
import { PROCEDURE } from '../../src/records/filings/procedure-name.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';

/**
 * What cannot be taken back or gives somebody a licence wants the officer's code: signing, revoking, moving, granting a
 * role, destroying. A new procedure is decided here.
 */
const ON_APPROVAL = {
  registration: false, // gives no system and no licence; a certificate alone approves it too
  application: true, // signs a licence
  resultReport: true, // signs a licence
  reissueRequest: true, // takes an approval back
  reissueCall: true, // takes an approval back, on a telephone call
  temporaryReissue: true, // signs a licence
  surveyAnswer: false, // corrects what is registered; no licence, and what stood before is kept
  contactChange: false, // three consent: the old contact asks, the new one accepts, an officer approves
  successorClaim: true, // gives somebody a system, and its licences, without the one who has it
  deputyAppointment: false, // no officer decides it
  contactTransfer: true, // gives all systems of somebody away, and neither side is asked
  paperContact: true, // gives systems to somebody who has shown nothing but a letter
  scvpApplication: false, // marks a system; signs nothing, and can be set back
  usageChange: false, // a description; what stood before is kept
  retirement: true, // revokes every licence of a system for good
  incident: false, // closes a case; revoking within it asks for the code itself
  roleChange: true, // grants or ends a role
  destruction: true, // destroys for good
};

test('which approvals want a one-time code; taking one back always does', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bogeup-keys-'));
  const signer = await makeLocalSigner(dir, new Date('2026-11-23T01:00:00.000Z'));
  for (const byCertificate of [false, true]) {
    const procedures = [...allProcedures({ signer, temporaryMonths: 2 }, byCertificate).values()];
    const wanted = procedures.map((procedure) => [procedure.name, wantsCode('filing.approve', procedure)]);
    expect(Object.fromEntries(wanted)).toEqual(ON_APPROVAL);
    // Whoever asks for a procedure by name finds one.
    expect(procedures.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(PROCEDURE)));
    for (const procedure of procedures) {
      expect(wantsCode('filing.reopen', procedure), procedure.name).toBe(true);
      expect(wantsCode('filing.return', procedure), procedure.name).toBe(false);
    }
  }
});
