import type { Button } from '@slack/types';
import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { button, fallback, type Labelled, lines, section } from '../../messenger/blocks.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import type { Notices } from '../../messenger/notice.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import type { Person, System } from '../../store/client/client.ts';
import { type Ground, operate } from '../../store/operation.ts';

const END_DEPUTY = 'deputy.end';

type Staffed = System & { contact: Person; deputy: Person | null };

/** 담당자 and 부담당자 of a system (고시 제31조②), masked. */
export function staffLines({ contact, deputy }: Staffed): Labelled[] {
  const named = ({ name, deactivatedAt }: Person) =>
    `${name ? maskName(name) : '이름 없음'}${deactivatedAt ? ' (⚠ 비활성화된 사용자)' : ''}`;
  return [
    { label: '담당자', text: named(contact) },
    {
      label: '부담당자',
      text: deputy ? named(deputy) : '없음 — 지정해 두면 담당자가 없을 때에도 안내를 받습니다.',
    },
  ];
}

/** The button that ends a deputy's right: 해제 for the contact, 그만두기 for the deputy. */
export function deputyButtons(system: System, personId: string): Button[] {
  if (!system.deputyId) return [];
  const [label, text] =
    system.contactId === personId
      ? ['부담당자 해제', '부담당자가 더는 이 시스템을 볼 수 없게 됩니다.']
      : ['부담당자 그만두기', '더는 이 시스템을 보거나 라이선스를 받을 수 없게 됩니다.'];
  const confirm = { title: `${label}: 계속하시겠습니까?`, text: `${system.name}: ${text}`, confirm: '계속' };
  return [button(END_DEPUTY, label, { value: system.id, confirm })];
}

/** Ends a deputy's right at once; the contact or the deputy presses the button. */
export function registerDeputies(
  messenger: Messenger,
  { ground, refreshHome }: { ground: Ground; refreshHome: (slackId: string) => void },
) {
  messenger.onAction(END_DEPUTY, async ({ who, place, value, show }) => {
    const system = await operate(ground, { actor: who.id, place }, async (op) => {
      const found = await op.tx.system.findUnique({ where: { id: value } });
      if (!found || (found.contactId !== who.id && found.deputyId !== who.id))
        throw new Refusal('담당하는 시스템의 부담당자만 해제할 수 있습니다.');
      const { id, name, contactId, deputyId } = found;
      const { count } = await op.tx.system.updateMany({
        where: { id, contactId, deputyId },
        data: { deputyId: null },
      });
      if (!deputyId || count !== 1)
        throw new Refusal('이미 해제되었습니다.', '상세를 다시 열어 확인하십시오.');
      op.audit({
        action: 'deputy.end',
        subject: `system:${id}`,
        person: deputyId,
        data: { contact: contactId },
      });
      op.tell({
        key: `deputy.ended:${id}:${op.now.getTime()}`,
        notice: 'deputy.ended',
        to: who.id === deputyId ? contactId : deputyId,
        facts: { systemId: id, deputyId },
      });
      return name;
    });
    refreshHome(who.slackId ?? '');
    await show(
      noteView('부담당자를 해제했습니다', [system, '상대방에게 알렸습니다. 기록은 3년 이상 보관합니다.']),
    );
  });
}

export const deputyNotices: Notices = {
  'deputy.ended': async (db, facts) => {
    const [system, deputy] = await Promise.all([
      db.system.findUnique({ where: { id: String(facts.systemId) } }),
      db.person.findUnique({ where: { id: String(facts.deputyId) } }),
    ]);
    if (!system || !deputy) return null;
    const head = `부담당자 지정이 끝났습니다: ${system.name}`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([{ label: '부담당자', text: deputy.name ? maskName(deputy.name) : '이름 없음' }]),
      ],
    };
  },
};
