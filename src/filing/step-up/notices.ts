import { koreanDateTime } from '../../core/calendar.ts';
import { context, fallback, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import type { SecretBox } from './secret-box.ts';
import { enrolmentUri, inGroups } from './totp.ts';

export const PICTURE = 'stepUp.picture';
const PIXELS = 360;

const warnings: Record<string, string> = {
  enrolled: '일회용 비밀번호를 등록했습니다.',
  recovery: '복구 번호를 썼습니다. 쓴 번호는 다시 쓸 수 없습니다.',
  reset: '시스템 운영자가 일회용 비밀번호 등록을 지웠습니다. 다음에 승인할 때 새로 등록하십시오.',
  locked: '일회용 비밀번호를 5번 틀려 15분 동안 쓸 수 없습니다.',
};

export function stepUpNotices(box: SecretBox): Notices {
  return {
    /**
     * The picture is made from the encrypted secret when it is sent, and only while the secret waits for its first
     * code.
     */
    [PICTURE]: async (db, facts) => {
      const personId = String(facts.personId);
      const row = await db.stepUp.findUnique({ where: { personId } });
      if (!row?.pending || !row.pendingUntil || row.pendingUntil.getTime() !== facts.until) return null;
      const secret = box.open(row.pending, personId);
      const { toBuffer } = await import('qrcode');
      const bytes = await toBuffer(enrolmentUri(secret), { type: 'png', width: PIXELS, margin: 4 });
      const text = '일회용 비밀번호를 등록할 QR 그림입니다.';
      return {
        text: fallback(text),
        blocks: [
          section(`${text} 인증 앱으로 찍으십시오. 다른 사람에게 보이지 마십시오.`),
          section(`찍을 수 없으면 이 글자를 입력하십시오: ${inGroups(secret)}`),
          context(
            `${koreanDateTime(row.pendingUntil)}까지 쓸 수 있습니다. 등록을 마치면 이 메시지를 지웁니다.`,
          ),
        ],
        files: [{ name: 'qr.png', bytes }],
      };
    },

    'stepUp.warning': async (_db, facts) => {
      const text = `${warnings[String(facts.what)] ?? ''} (${koreanDateTime(new Date(Number(facts.at)))})`;
      return {
        text: fallback(text),
        blocks: [section(text), context('본인이 한 일이 아니면 다른 표준API 관리자에게 바로 알리십시오.')],
      };
    },
  };
}
