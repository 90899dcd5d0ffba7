import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBot } from '../../src/app/app.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import type { Subject } from '../../src/records/filings/subject.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { startWorkspace } from '../../src/sandbox/workspace.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';
import { NEVER, unhurried } from '../unhurried.ts';
import { forgeClick } from './forge.ts';

/** Clicks of the same moment. On PostgreSQL (TEST_DATABASE_URL) they come from four processes. */
const PROCESSES = 4;
const OFFICERS = 20;
const DESK = 'C0DESK00001';
const BOT = 'U0BOGEUPBOT';
const SCOPES = ['chat:write', 'files:read', 'files:write', 'im:write', 'im:history', 'groups:history'];

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings({ processes: PROCESSES, officers: OFFICERS });
});
afterAll(() => ground?.close());

const engineOf = (index: number) => ground.engines[index % PROCESSES] ?? ground.engines[0];

function split<T>(results: PromiseSettledResult<T>[]) {
  const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const reason of refused) if (!(reason instanceof Refusal)) throw reason;
  return { won, refused: refused as Refusal[] };
}

describe('one filing', () => {
  it('approved by 20 officers at once is approved once; 19 read who was first', async () => {
    const { kim, officers, store } = ground;
    const filing = await ground.submitted(kim);
    const { won, refused } = split(
      await Promise.allSettled(
        officers.map((officer, index) =>
          decideFiling(
            engineOf(index),
            { who: officer, place: 'test' },
            { verb: 'filing.approve', filingId: filing.id },
          ),
        ),
      ),
    );
    expect(won).toHaveLength(1);
    expect(refused).toHaveLength(OFFICERS - 1);
    const first = officers.find(({ id }) => id === won[0]?.decidedBy);
    const sentence = `${first?.name?.[0]}*리 님이 먼저 처리했습니다. (검토완료, 2026. 11. 23. 10:00)`;
    expect(new Set(refused.map(({ message }) => message))).toEqual(new Set([sentence]));

    const [licence, ...more] = await store.db.licence.findMany({ where: { filingId: filing.id } });
    const written = (action: string, subject: string) => store.db.audit.count({ where: { action, subject } });
    expect(more).toEqual([]);
    expect(await written('filing.approve', `filing:${filing.id}`)).toBe(1);
    expect(await written('licence.issue', `licence:${licence?.number}`)).toBe(1);
    const deliveries = await store.db.outbox.findMany({ where: { notice: 'licence.delivery' } });
    expect(deliveries.map(({ facts }) => facts)).toEqual([{ licenceId: licence?.id }]);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  it('approved, returned, rejected and corrected at once goes one way only', async () => {
    const { kim, officers, store } = ground;
    for (let round = 0; round < 8; round++) {
      const filing = await ground.submitted(kim, {
        ...applicationAnswers,
        systemName: `행정안전부 ${round}`,
      });
      const subject = `filing:${filing.id}` as const;
      const draftId = await ground.draft(kim, applicationAnswers, { subject });
      const [a, b, c] = officers;
      if (!a || !b || !c) throw new Error('too few officers');
      const at = { filingId: filing.id, reason: '직인이 보이지 않습니다.' };
      const acts = [
        () =>
          decideFiling(
            engineOf(0),
            { who: a, place: 'test' },
            { verb: 'filing.approve', filingId: filing.id },
          ),
        () => decideFiling(engineOf(1), { who: b, place: 'test' }, { verb: 'filing.return', ...at }),
        () => decideFiling(engineOf(2), { who: c, place: 'test' }, { verb: 'filing.reject', ...at }),
        () => submitFiling(engineOf(3), { who: kim, place: 'test' }, draftId, ground.today()),
      ];
      const order = acts.map((_, index) => acts[(index + round) % acts.length] ?? acts[0]);
      const { won, refused } = split(await Promise.allSettled(order.map((act) => act?.())));
      expect(won.length + refused.length).toBe(acts.length);

      const history = await store.db.audit.findMany({
        where: { subject },
        orderBy: { seq: 'asc' },
        select: { action: true },
      });
      const now = await store.db.filing.findUniqueOrThrow({
        where: { id: filing.id },
        include: { licences: true, revisions: true },
      });
      expect(possible(history.map(({ action }) => action))).toBe(now.state);
      expect(history).toHaveLength(won.length + 1);
      expect(now.licences).toHaveLength(now.state === 'APPROVED' ? 1 : 0);
      expect(now.revisions).toHaveLength(now.revision);
      if (now.state === 'APPROVED') expect(now.approvedRevision).toBe(now.revision);
      expect(now.decidedAt === null).toBe(now.state === 'SUBMITTED');
    }
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });
});

describe('20 officers at their screens', () => {
  it('press 승인 at once: one approval, one delivery, and 19 windows that say who was first', async () => {
    const { clock, kim, officers, store } = ground;
    const slackIds = officers.map(({ slackId }) => slackId ?? '');
    const workspace = await startWorkspace({
      port: 0,
      ...unhurried,
      people: [kim.slackId ?? '', ...slackIds].map((id) => ({ id, name: id })),
      channels: [{ id: DESK, name: '관리', private: true, members: [...slackIds, BOT] }],
      bot: { name: '보급봇', userId: BOT, commands: [], scopes: SCOPES },
    });
    const { botToken, appToken, apiUrl } = workspace;
    const bot = await createBot({
      store,
      config: { temporaryMonths: 2, databaseUrl: null },
      now: clock.now,
      log: pino({ level: 'silent' }),
      signer: await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), clock.now()),
      patience: NEVER,
      slack: { mode: 'socket', botToken, appToken, apiUrl, adminChannel: DESK, officers: [] },
    });
    await bot.start();
    try {
      const systemName = '행정안전부 스무 명이 누른 시스템';
      const filing = await ground.submitted(kim, { ...applicationAnswers, systemName });
      const people = slackIds.map((id) => workspace.person(id));
      await Promise.all(people.map((person) => forgeClick(person, 'filing.approve', filing.id)));
      const windows = await Promise.all(
        people.map((person) =>
          person.waitFor(
            async () => (await person.modalText()) || (await decidedBy(filing.id)) === person.userId,
          ),
        ),
      );
      const texts = windows.filter((text) => text !== true);
      expect(texts).toHaveLength(OFFICERS - 1);
      for (const text of texts) expect(text).toContain('님이 먼저 처리했습니다. (검토완료');
      const applicant = workspace.person(kim.slackId ?? '');
      await applicant.waitFor(systemName);
      await bot.idle();
      const told = (await applicant.dm()).filter(({ blocks }) => JSON.stringify(blocks).includes(systemName));
      expect(told).toHaveLength(1);
      expect(await store.db.licence.count({ where: { filingId: filing.id } })).toBe(1);
    } finally {
      await bot.stop();
      await workspace.close();
    }
  });

  async function decidedBy(filingId: string): Promise<string | null> {
    const { decidedBy: id } = await ground.store.db.filing.findUniqueOrThrow({ where: { id: filingId } });
    return ground.officers.find((officer) => officer.id === id)?.slackId ?? null;
  }
});

/** Where this history ends, if every step of it was allowed when it was taken. */
function possible(actions: string[]): string {
  let state = 'NONE';
  for (const action of actions) {
    const [from, to] = {
      'filing.submit': ['NONE', 'SUBMITTED'],
      'filing.resubmit': [state === 'RETURNED' ? 'RETURNED' : 'SUBMITTED', 'SUBMITTED'],
      'filing.approve': ['SUBMITTED', 'APPROVED'],
      'filing.return': ['SUBMITTED', 'RETURNED'],
      'filing.reject': ['SUBMITTED', 'REJECTED'],
    }[action] ?? ['?', '?'];
    if (state !== from) return `${action} in ${state}`;
    state = to ?? '?';
  }
  return state;
}

describe('submissions', () => {
  it('of one draft at once make one filing', async () => {
    const { kim, store } = ground;
    const systemName = '행정안전부 두 번 누른 시스템';
    const draftId = await ground.draft(kim, { ...applicationAnswers, systemName });
    const { won, refused } = split(
      await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          submitFiling(engineOf(index), { who: kim, place: 'test' }, draftId, ground.today()),
        ),
      ),
    );
    expect(won).toHaveLength(1);
    expect(refused).toHaveLength(7);
    for (const { message } of refused) expect(message).toMatch(/^이미 제출/);
    const filings = await store.db.filing.findMany({
      where: { title: systemName },
      include: { revisions: true },
    });
    expect(filings.map(({ revisions }) => revisions.length)).toEqual([1]);
    expect(await store.db.system.count({ where: { name: systemName } })).toBe(1);
    const key = { startsWith: `card:${filings[0]?.id}:` };
    expect(await store.db.outbox.count({ where: { key } })).toBe(1);
  });

  it('of 50 drafts at once are numbered without a gap or a double, refused ones among them', async () => {
    const { kim, lee, store } = ground;
    const before = await store.db.filing.count();
    const drafts = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const who = index % 2 ? kim : lee;
        const isBroken = index % 6 === 5;
        const answers = { ...applicationAnswers, systemName: `행정안전부 ${index}` };
        const subject = `system:${index}` as const; // one draft a person, procedure and subject
        const draftId = await ground.draft(who, isBroken ? { ...answers, agency: '6110000' } : answers, {
          subject,
        });
        return { who, draftId };
      }),
    );
    const results = await Promise.allSettled(
      drafts.map(({ who, draftId }, index) =>
        submitFiling(engineOf(index), { who, place: 'test' }, draftId, ground.today()),
      ),
    );
    const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.number] : []));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.filter((reason) => !(reason instanceof Refusal))).toEqual([]);
    expect(numbers).toHaveLength(50);
    expect(numbers.sort()).toEqual(
      Array.from({ length: 50 }, (_, index) => `2026-${String(before + index + 1).padStart(6, '0')}`),
    );
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });
});

describe('one procedure of one system', () => {
  const open = (procedure: string, systemId: string) =>
    ground.store.db.filing.count({
      where: { procedure, systemId, state: { in: ['OFFERED', 'SUBMITTED', 'RETURNED'] } },
    });

  async function approvedSystem(systemName: string): Promise<string> {
    const { kim, officers, engines } = ground;
    const { id, systemId } = await ground.submitted(kim, { ...applicationAnswers, systemName });
    const [officer] = officers;
    if (!officer || !systemId) throw new Error('nothing to approve');
    await decideFiling(engines[0], { who: officer, place: 'test' }, { verb: 'filing.approve', filingId: id });
    return systemId;
  }

  const retiring = { cause: 'CLOSED', endedOn: '2026-11-23', confirmed: ['REVOKE', 'REMOVE'] };

  it('entered by several officers at once is filed once, and corrected one time after the other', async () => {
    const { kim, officers, store } = ground;
    const systemId = await approvedSystem('행정안전부 공문으로 끝내는 시스템');
    await store.db.person.update({ where: { id: kim.id }, data: { slackId: null } });
    try {
      const received = [{ sha256: 'a'.repeat(64), name: '공문.pdf', size: 1024, type: 'pdf' }];
      const byAll = async (subject: Subject) => {
        const over = { procedure: 'retirement', subject };
        const answers = { ...retiring, received };
        const drafts = await Promise.all(
          officers.slice(0, 6).map(async (who) => ({ who, id: await ground.draft(who, answers, over) })),
        );
        return split(
          await Promise.allSettled(
            drafts.map(({ who, id }, index) =>
              submitFiling(engineOf(index), { who, place: 'test' }, id, ground.today()),
            ),
          ),
        );
      };
      const { won, refused } = await byAll(`paper:system:${systemId}`);
      expect(won).toHaveLength(1);
      expect(refused).toHaveLength(5);
      for (const { message } of refused) expect(message).toContain('이미 제출한 미사용 신고가 있습니다.');
      expect(await open('retirement', systemId)).toBe(1);

      const id = won[0]?.id ?? '';
      const corrected = await byAll(`filing:${id}`);
      expect(corrected.won.length).toBeGreaterThan(0);
      for (const { message } of corrected.refused) expect(message).toMatch(/^그사이 검토가 끝나/);
      const { revision, revisions } = await store.db.filing.findUniqueOrThrow({
        where: { id },
        include: { revisions: true },
      });
      expect(revision).toBe(1 + corrected.won.length);
      expect(revisions).toHaveLength(revision);
    } finally {
      await store.db.person.update({ where: { id: kim.id }, data: { slackId: kim.slackId } });
    }
  });

  it('filed anew while a rejection is taken back is open once', async () => {
    const { kim, officers } = ground;
    const [officer] = officers;
    if (!officer) throw new Error('no officer');
    for (let round = 0; round < 10; round++) {
      const systemId = await approvedSystem(`행정안전부 되돌린 시스템 ${round}`);
      const at = { procedure: 'retirement', subject: `system:${systemId}` } as const;
      const { id: filingId } = await ground.submitted(kim, retiring, at);
      const reject = { verb: 'filing.reject', filingId, reason: '아직 쓰고 있습니다.' } as const;
      await decideFiling(engineOf(0), { who: officer, place: 'test' }, reject);
      const draftId = await ground.draft(kim, retiring, at);
      const acts = [
        () => decideFiling(engineOf(1), { who: officer, place: 'test' }, { verb: 'filing.undo', filingId }),
        () => submitFiling(engineOf(2), { who: kim, place: 'test' }, draftId, ground.today()),
      ];
      if (round % 2) acts.reverse();
      const { won } = split(await Promise.allSettled(acts.map((act) => act())));
      expect(won).toHaveLength(1);
      expect(await open('retirement', systemId)).toBe(1);
    }
  });
});
