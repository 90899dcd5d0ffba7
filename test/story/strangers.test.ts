import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { apply, approveApplication, becomeUser, closeAll, openedModal } from './acts.ts';
import { contents, forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Buttons of other people's work, pressed by somebody who is registered and no more, with ids that exist. */
let stage: Stage;
let lee: Person;
const ids = { system: '', filing: '', licence: '', module: '', outbox: '' };

beforeAll(async () => {
  stage = await setStage();
  ({ lee } = stage);
  await becomeUser(stage, stage.kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
  await apply(stage.kim);
  await approveApplication(stage, stage.kim);
  await stage.bot.idle();
  const { db } = stage.store;
  const licence = await db.licence.findFirstOrThrow();
  Object.assign(ids, {
    licence: licence.id,
    system: licence.systemId,
    filing: licence.filingId,
    module: (await db.moduleRelease.findFirstOrThrow()).id,
    outbox: (await db.outbox.findFirstOrThrow()).id,
  });
});
afterAll(() => stage?.close());

/** The button, and what it carries. */
const presses: [string, () => string][] = [
  ['module.list', () => ''],
  ['module.register', () => 'F0000000001'],
  ['module.withdraw', () => `${ids.module}:0`],
  ['module.restore', () => `${ids.module}:0`],
  ['module.ofSystem', () => ids.system],
  ['module.fetch', () => `${ids.system}:${ids.module}`],
  ['deliveries.failed', () => ''],
  ['deliveries.sent', () => ''],
  ['outbox.resend', () => ids.outbox],
  ['outbox.resendAll', () => 'slack'],
  ['outbox.close', () => ids.outbox],
  ['outbox.returned', () => ids.outbox],
  ['deliveries.address', () => ids.outbox],
  ['desk.search', () => ''],
  ['desk.system', () => ids.system],
  ['desk.person', () => 'anybody'],
  ['desk.person.deputy', () => 'anybody'],
  ['desk.export', () => ''],
  ['desk.statistics', () => ''],
  ['home.deskWork', () => ''],
  ['paper.enter', () => ''],
  ['paper.report', () => ids.system],
  ['holidays.open', () => ''],
  ['absence.open', () => ''],
  ['absence.end', () => 'any'],
  ['survey.open', () => ''],
  ['survey.byMail', () => 'any'],
  ['survey.received', () => `any:${ids.system}`],
  ['filing.review', () => ids.filing],
  ['filing.approve', () => ids.filing],
  ['filing.detail', () => ids.filing],
  ['filing.withdraw', () => ids.filing],
  ['filing.resubmit', () => ids.filing],
  ['system.detail', () => ids.system],
  ['licence.download', () => ids.licence],
  ['incident.note', () => ids.filing],
  ['incident.tick.0', () => `${ids.filing}:isolate:1`],
  ['incident.revoke.0', () => `${ids.filing}:${ids.system}`],
  ['deputy.end', () => ids.system],
  ['helper.ask', () => `filing:${ids.filing}`],
  ['helper.end', () => ids.filing],
  ['helper.open', () => ids.filing],
  ['serverCertificate.begin', () => ids.system],
  ['procedure.begin.retirement', () => `system:${ids.system}`],
  ['procedure.begin.reissueRequest', () => `system:${ids.system}`],
  ['procedure.begin.temporaryReissue', () => `system:${ids.system}`],
  ['procedure.begin.reissueCall', () => ''],
  ['procedure.begin.usageChange', () => `system:${ids.system}`],
  ['procedure.begin.scvpApplication', () => `system:${ids.system}`],
  ['procedure.begin.surveyAnswer', () => `system:${ids.system}`],
  ['procedure.begin.deputyAppointment', () => `system:${ids.system}`],
  ['procedure.begin.contactTransfer', () => ''],
  ['roleChange.begin', () => ''],
  ['destruction.list', () => ''],
  ['access.report', () => ''],
];

describe('what is not one’s own', () => {
  test.each(presses)('%s', async (action, value) => {
    await stage.bot.idle();
    const before = await contents(stage.store);
    await forgeClick(lee, action, value());
    expect(await openedModal(lee)).toContain('처리하지 않았습니다');
    await stage.bot.idle();
    expect(await contents(stage.store)).toEqual(before);
    await closeAll(lee);
  });

  test.each<[string, 'kim' | 'officer', () => string]>([
    ['module.list', 'officer', () => ''],
    ['deliveries.sent', 'officer', () => ''],
    ['system.detail', 'kim', () => ids.system],
    ['module.ofSystem', 'kim', () => ids.system],
    ['procedure.begin.retirement', 'kim', () => `system:${ids.system}`],
  ])('%s opens for %s', async (action, name, value) => {
    const person: Person = stage[name];
    await forgeClick(person, action, value());
    expect(await openedModal(person)).not.toContain('처리하지 않았습니다');
    await closeAll(person);
  });
});
