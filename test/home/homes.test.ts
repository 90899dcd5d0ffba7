import { expect, it } from 'vitest';
import { Homes } from '../../src/home/homes.ts';

/** A publication that ends when it is told to. */
function held() {
  const published: string[] = [];
  const ends: (() => void)[] = [];
  const homes = new Homes(async (slackId) => {
    published.push(slackId);
    await new Promise<void>((resolve) => ends.push(resolve));
  });
  const started = async (count: number) => {
    while (published.length < count) await new Promise(setImmediate);
  };
  return { homes, published, ends, started };
}

it('nobody waits for a home: it is begun after whoever asked has gone on', async () => {
  const { homes, published, ends, started } = held();
  homes.refresh('kim');
  expect(published).toEqual([]);
  await started(1);
  ends[0]?.();
  await homes.idle();
  expect(published).toEqual(['kim']);
});

it('many changes before it is begun are one home', async () => {
  const { homes, published, ends, started } = held();
  homes.refresh('kim');
  homes.refresh('kim');
  homes.refresh('kim');
  await started(1);
  ends[0]?.();
  await homes.idle();
  expect(published).toEqual(['kim']);
});

it('what changes while it is shown is shown by one more, never by two at once', async () => {
  const { homes, published, ends, started } = held();
  homes.refresh('kim');
  await started(1);
  homes.refresh('kim');
  homes.refresh('kim');
  await new Promise(setImmediate);
  expect(published).toEqual(['kim']);
  ends[0]?.();
  await started(2);
  ends[1]?.();
  await homes.idle();
  expect(published).toEqual(['kim', 'kim']);
});

it('one slow home holds up nobody else’s', async () => {
  const { homes, published, ends, started } = held();
  homes.refresh('kim');
  homes.refresh('lee');
  await started(2);
  expect(published).toEqual(['kim', 'lee']);
  for (const end of ends) end();
  await homes.idle();
});

it('a later change is shown again', async () => {
  const published: string[] = [];
  const homes = new Homes(async (slackId) => void published.push(slackId));
  homes.refresh('kim');
  await homes.idle();
  homes.refresh('kim');
  await homes.idle();
  expect(published).toEqual(['kim', 'kim']);
});

it('a person without an account has no home', async () => {
  const published: string[] = [];
  const homes = new Homes(async (slackId) => void published.push(slackId));
  homes.refresh('');
  await homes.idle();
  expect(published).toEqual([]);
});
