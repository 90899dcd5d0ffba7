import { randomBytes } from 'node:crypto';
import { koreanDateTime } from '../../core/calendar.ts';
import { fallback, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import type { Challenge } from '../../store/client/client.ts';
import { type Ground, operate } from '../../store/operation.ts';

export const VALID_MINUTES = 10;
export const CHALLENGE_FILE = 'bogeup-challenge.txt';

/** The person who is asked. The account is part of the text, so that the signer sees for whom it is. */
interface Asker {
  id: string;
  slackId: string | null;
}

/**
 * Makes a challenge and also sends it as a file, because people may sign on another machine. It is one line of ASCII,
 * so that no editor, mail or other tool changes it by accident.
 */
export async function newChallenge(ground: Ground, who: Asker, place: string): Promise<Challenge> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const expiresAt = new Date(op.now.getTime() + VALID_MINUTES * 60_000);
    const nonce = randomBytes(32).toString('base64url');
    const text = `bogeup-challenge/1 account=${who.slackId ?? '-'} until=${expiresAt.toISOString()} nonce=${nonce}`;
    const challenge = await op.tx.challenge.create({
      data: { personId: who.id, text, createdAt: op.now, expiresAt },
    });
    op.audit({ action: 'challenge.create', subject: `challenge:${challenge.id}`, person: who.id });
    op.tell({
      key: `challenge:${challenge.id}`,
      notice: 'certificate.challenge',
      to: who.id,
      facts: { challengeId: challenge.id },
    });
    return challenge;
  });
}

export const certificateNotices: Notices = {
  'certificate.challenge': async (db, facts) => {
    const challenge = await db.challenge.findUnique({ where: { id: String(facts.challengeId) } });
    if (!challenge || challenge.usedAt) return null;
    const head = '본인확인 파일입니다. 개인용 인증서로 서명하여 열려 있는 창에 올리십시오.';
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([{ label: '유효시간', text: `${koreanDateTime(challenge.expiresAt)}까지` }]),
      ],
      // made now, because it is stored nowhere else
      files: [{ name: CHALLENGE_FILE, bytes: Buffer.from(challenge.text) }],
    };
  },
};
