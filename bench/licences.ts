import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LicencePayload } from '../src/records/licences/licence.ts';
import { makeLocalSigner } from '../src/records/licences/local-signer.ts';
import { signLicence } from '../src/records/licences/sign.ts';
import { openLicence } from '../src/records/licences/verify.ts';
import { type BenchRow, cpuMs } from './row.ts';

const SLICE_MS = 100;
const ROUNDS = 15;
/** So many rounds before them count for nothing: V8 is still compiling, and its threads count as CPU. */
const WARM_UP = 5;

/**
 * Measures how many licences one thread signs and opens per second of CPU, compared with the bare RSA-2048 SHA-256
 * signature that each one contains. The three tasks run in turns, in short slices, and the median slice counts: a busy
 * machine then slows all three alike, and the ratio (1.0 = a licence costs no more than its RSA operation) stays valid.
 */
export async function benchLicences(): Promise<{ rows: BenchRow[] }> {
  const dir = await mkdtemp(join(tmpdir(), 'bogeup-bench-'));
  try {
    const now = new Date();
    const signer = await makeLocalSigner(dir, now);
    const payload = samplePayload(now);
    const file = signLicence(payload, signer);
    const bytes = Buffer.alloc(file.length, 7);
    // A separate key, so that neither task warms up the key of the other.
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [raw = 0, signed = 0, opened = 0] = inTurns([
      () => sign('sha256', bytes, privateKey),
      () => signLicence(payload, signer),
      () => openLicence(file, [signer.certificatePem]),
    ]);
    return {
      rows: [
        { name: 'raw RSA-2048 SHA-256 signatures', value: Math.round(raw), unit: '/s' },
        { name: 'licences signed', value: Math.round(signed), unit: '/s' },
        {
          name: 'licences signed per raw signature',
          value: Math.round((signed / raw) * 1000) / 1000,
          unit: 'ratio',
        },
        { name: 'licences opened and verified', value: Math.round(opened), unit: '/s' },
      ],
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The median rate of each task per second; the tasks run in turns. */
function inTurns(tasks: (() => unknown)[]): number[] {
  const rates = tasks.map((): number[] => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    tasks.forEach((task, index) => {
      const rate = ratePerSecond(task);
      if (round >= WARM_UP) rates[index]?.push(rate);
    });
  }
  return rates.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0);
}

/** How often a task runs per second of this process's CPU time. */
function ratePerSecond(task: () => unknown): number {
  const before = cpuMs();
  let times = 0;
  let used = 0;
  while (used < SLICE_MS) {
    task();
    times++;
    used = cpuMs() - before;
  }
  return (times / used) * 1000;
}

function samplePayload(now: Date): LicencePayload {
  return {
    format: 'bogeup-licence/1',
    number: 'REG-2026-000001',
    kind: 'REGULAR',
    system: { id: '1', name: '서울특별시 온나라 시스템' },
    agency: { code: '6110000', name: '서울특별시' },
    hosts: [{ ip: ['10.1.2.3'], host: 'was01', mac: '00:1A:2B:3C:4D:5E', domain: 'was.seoul.go.kr' }],
    module: { name: 'GPKI 표준API', version: '1.5.1.0', language: 'Java', os: 'Linux', bits: 64 },
    issuedAt: now.toISOString(),
    expiresOn: null,
    filing: 'A-2026-0001',
    revision: 1,
    previous: null,
  };
}
