import { createHash } from 'node:crypto';
import { Refusal } from '../../core/refusal.ts';
import { holdName } from '../../store/hold.ts';
import type { Operation } from '../../store/operation.ts';
import { openLicence } from './verify.ts';

/** A licence file of the official generator. Its format is not published, so the bot reads nothing in it. */
export interface OfficialFile {
  bytes: Buffer;
  /** The last day of a temporary one, as the officer read it, YYYY-MM-DD; null: as the settings say. */
  expiresOn: string | null;
}

const AGAIN = '공식 발급기로 만든 파일을 다시 골라 승인하십시오. 접수된 신청은 그대로 남아 있습니다.';

/**
 * Why such a file cannot be a licence, as far as that is visible without knowing the format; null when nothing is
 * wrong.
 */
export function officialFault(bytes: Buffer): string | null {
  if (bytes.length === 0) return '빈 파일입니다. 공식 발급기로 만든 라이선스 파일을 올리십시오.';
  const opened = openLicence(bytes, []);
  return opened.ok || opened.reason !== 'NOT_A_LICENCE'
    ? '보급봇이 만든 라이선스 파일입니다. 공식 발급기로 만든 파일을 올리십시오.'
    : null;
}

/**
 * Returns the SHA-256 under which the file is recorded. Approvals with the same file run one after the other: the
 * lock lasts until the transaction ends. @throws Refusal when the bot made the file or it was issued before
 */
export async function claimOfficial(op: Operation, file: OfficialFile): Promise<string> {
  const fault = officialFault(file.bytes);
  if (fault) throw new Refusal(fault, AGAIN);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await holdName(op.tx, `official:${sha256}`);
  const used = await op.tx.licence.findFirst({ where: { sha256 }, include: { filing: true } });
  if (!used) return sha256;
  throw new Refusal(
    used.madeBy === 'OFFICIAL'
      ? `이미 발급한 라이선스 파일입니다. (접수번호 ${used.filing.number}, ${used.number})`
      : '보급봇이 만든 라이선스 파일입니다.',
    AGAIN,
  );
}
