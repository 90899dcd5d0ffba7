import { Refusal } from '../../core/refusal.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { currentLicence } from '../../records/in-force.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import { deliverLicence } from '../../records/licences/issue.ts';
import { type Ground, operate } from '../../store/operation.ts';

export const DOWNLOAD = 'licence.download';

/** 다운로드: delivers the licence in force again, to the contact or the deputy only; each delivery is recorded. */
export function registerDownload(messenger: Messenger, { ground }: { ground: Ground }) {
  messenger.onAction(DOWNLOAD, async ({ who, place, value, show }) => {
    const licence = await operate(ground, { actor: who.id, place }, async (op) => {
      const system = await op.tx.system.findUnique({ where: { id: value }, include: { licences: true } });
      if (system?.contactId !== who.id && system?.deputyId !== who.id) {
        throw new Refusal(
          '담당하는 시스템의 라이선스만 받을 수 있습니다.',
          '홈의 목록에서 시스템을 확인하십시오.',
        );
      }
      const current = currentLicence(system.licences);
      if (!current) throw new Refusal('받을 수 있는 라이선스가 없습니다.', '승인된 뒤에 다시 누르십시오.');
      deliverLicence(op, current, who.id, `download:${current.id}:${op.now.getTime()}`);
      return current;
    });
    await show(
      noteView('보내 드립니다', [
        `${licenceKindLabels[licence.kind]} ${licence.number}`,
        '이 앱의 ‘메시지’에서 파일을 받으십시오. 받은 기록이 남습니다.',
      ]),
    );
  });
}
