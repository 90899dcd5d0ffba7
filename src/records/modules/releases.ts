import { type Incoming, keepBlob, putBlobStream, TooManyBytes } from '../../store/blobs.ts';
import type { ModuleRelease } from '../../store/client/client.ts';
import { holdName } from '../../store/hold.ts';
import { type Ground, type Operation, operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { compareVersions } from './fitting.ts';
import { type Told, tellAffected } from './newer.ts';

/** Limit for one file; the form in the messenger says so before the file is sent. */
export const MAX_MODULE_BYTES = 50 * 1024 * 1024;

export interface ReleaseOrder {
  name: string;
  version: string;
  /** C or JAVA. */
  language: string;
  os: string;
  bits: number;
  /** What is new, in words for officials. */
  notes: string;
  fileName: string;
  /** SHA-256 in hex, if the person who adds it knows it. */
  expected?: string | undefined;
}

interface ReleaseFile {
  /** The size that the sender announced. */
  size: number;
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * Why a release was not added: it exists already, the file is empty, incomplete or too large, or is not the expected
 * one.
 */
export type Unadded =
  | { why: 'EXISTS' | 'EMPTY' | 'CUT_OFF' | 'TOO_LARGE' }
  | { why: 'OTHER_CONTENT'; sha256: string };

export type Added = { ok: true; release: ModuleRelease; told: Told } | ({ ok: false } & Unadded);

interface Circumstances {
  author: Operation['author'];
  most?: number;
  /** Checked once the bytes have arrived, which may take minutes. @throws Refusal */
  mayAdd?: (tx: Tx) => Promise<void>;
}

/**
 * Adds a release. The file streams into the store. Then the release, its record and the messages about it commit in
 * one transaction, or nothing does.
 */
export async function addRelease(
  ground: Ground,
  order: ReleaseOrder,
  file: ReleaseFile,
  { author, most = MAX_MODULE_BYTES, mayAdd }: Circumstances,
): Promise<Added> {
  const refuse = (unadded: Unadded): Added => ({ ok: false, ...unadded });
  if (file.size === 0) return refuse({ why: 'EMPTY' });
  if (file.size > most) return refuse({ why: 'TOO_LARGE' });
  if (await isThere(ground.db, order)) return refuse({ why: 'EXISTS' }); // checked before the bytes arrive

  const keep = async (incoming: Incoming): Promise<Added> => {
    if (incoming.size !== file.size) return refuse({ why: 'CUT_OFF' });
    if (order.expected && order.expected.toLowerCase() !== incoming.sha256)
      return refuse({ why: 'OTHER_CONTENT', sha256: incoming.sha256 });
    return operate(ground, author, async (op) => {
      await mayAdd?.(op.tx);
      await holdName(op.tx, 'modules');
      if (await isThere(op.tx, order)) return refuse({ why: 'EXISTS' });
      return keepRelease(op, order, incoming);
    });
  };
  try {
    return await putBlobStream(ground.db, file.bytes(), { now: ground.now(), most }, keep);
  } catch (error) {
    if (error instanceof TooManyBytes) return refuse({ why: 'TOO_LARGE' });
    throw error;
  }
}

async function keepRelease(op: Operation, order: ReleaseOrder, incoming: Incoming): Promise<Added> {
  const { expected: _, ...fields } = order;
  const sha256 = await keepBlob(op.tx, incoming, op.now);
  const release = await op.tx.moduleRelease.create({
    data: { ...fields, sha256, addedBy: op.author.actor, addedAt: op.now },
  });
  const told = await tellAffected(op, release);
  const { language, os, bits, version } = release;
  op.audit({
    action: 'modules.add',
    subject: `module:${release.id}`,
    data: { language, os, bits, version, sha256, told: told.people },
  });
  return { ok: true, release, told };
}

async function isThere(tx: Tx, { name, language, os, bits, version }: ReleaseOrder): Promise<boolean> {
  return (await tx.moduleRelease.count({ where: { name, language, os, bits, version } })) > 0;
}

/** 사용 중지: no approval and no download uses it any more. @returns false when it was withdrawn already */
export async function withdrawRelease(op: Operation, id: string): Promise<boolean> {
  const { count } = await op.tx.moduleRelease.updateMany({
    where: { id, withdrawnAt: null },
    data: { withdrawnAt: op.now },
  });
  if (count === 1) op.audit({ action: 'modules.withdraw', subject: `module:${id}` });
  return count === 1;
}

/** 되살리기. @returns false when it was in use already */
export async function restoreRelease(op: Operation, id: string): Promise<boolean> {
  const { count } = await op.tx.moduleRelease.updateMany({
    where: { id, withdrawnAt: { not: null } },
    data: { withdrawnAt: null },
  });
  if (count === 1) op.audit({ action: 'modules.restore', subject: `module:${id}` });
  return count === 1;
}

/** How a release compares with the others of its product. */
type Mark = '최신' | '이전 버전' | '사용 중지';

export function markOf(release: Pick<ModuleRelease, 'version' | 'withdrawnAt'>, newest: string | null): Mark {
  if (release.withdrawnAt) return '사용 중지';
  return newest !== null && compareVersions(release.version, newest) < 0 ? '이전 버전' : '최신';
}
