import { context, fallback, section } from '../../messenger/blocks.ts';
import type { Command } from '../../messenger/click.ts';
import type { Notices } from '../../messenger/notice.ts';
import { revocationsName, signedRevocations } from '../../records/licences/revocations.ts';
import { isSignerInForce, type Signer } from '../../records/licences/signer.ts';
import { type Ground, operate } from '../../store/operation.ts';

const REVOCATIONS = 'licence.revocations';

/** `/bogeup 폐지목록`: sends the list of replaced and revoked licences to anybody; it holds licence numbers only. */
export async function sendRevocations(ground: Ground, { who, place, reply }: Command): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    op.audit({ action: 'licence.list', subject: `person:${who.id}` });
    op.tell({
      key: `${REVOCATIONS}:${who.id}:${op.now.getTime()}`,
      notice: REVOCATIONS,
      to: who.id,
      facts: { at: op.now.getTime() },
    });
  });
  await reply('폐지목록을 보냅니다.', [section('폐지목록을 이 앱의 ‘메시지’로 보냅니다.')]);
}

/** Sends the revocation list, which is signed at the time of sending. */
export function revocationNotices(signer: Signer): Notices {
  return {
    [REVOCATIONS]: async (db, facts) => {
      const at = new Date(Number(facts.at));
      if (!isSignerInForce(signer, at)) {
        const why = '폐지목록을 만들지 못했습니다. 서명하는 인증서의 유효기간이 아닙니다.';
        return {
          text: fallback(why),
          blocks: [section(why), section('봇을 운영하는 사람에게 서명 인증서를 바꾸도록 알리십시오.')],
        };
      }
      const text = '바뀌거나 폐지된 라이선스의 목록입니다.';
      return {
        text: fallback(text),
        blocks: [
          section(text),
          context(
            '전자서명된 파일이며 라이선스 번호만 들어 있습니다. 봇에 연결되지 않은 서버에서 라이선스를 확인할 때 씁니다. 7일마다 새로 받으십시오.',
          ),
        ],
        files: [{ name: revocationsName(at), bytes: await signedRevocations(db, signer, at) }],
      };
    },
  };
}
