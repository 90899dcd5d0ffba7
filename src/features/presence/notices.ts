import { maskName } from '../../core/mask.ts';
import { BEGIN_PROCEDURE } from '../../filing/begin-buttons.ts';
import { actions, button, context, fallback, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { roleLabels } from '../../procedures/role-change/role-change.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';

/** A message to officers names this many systems and counts the others. */
const NAMED = 20;

export const peopleNotices: Notices = {
  'role.changed': async (_db, facts) => {
    const label = roleLabels[facts.role === 'AUDITOR' ? 'AUDITOR' : 'OFFICER'];
    const text = facts.granted === 1 ? `${label} 권한을 받았습니다.` : `${label} 권한이 해지되었습니다.`;
    return {
      text: fallback(text),
      blocks: [section(text), context('홈을 열면 지금 할 수 있는 일이 보입니다.')],
    };
  },

  'person.left': async (db, facts) => {
    const person = await db.person.findUnique({
      where: { id: String(facts.personId) },
      include: { agency: true },
    });
    if (!person?.deactivatedAt) return null;
    const systems = await db.system.findMany({
      where: { contactId: person.id, retiredAt: null },
      include: { agency: true },
      orderBy: { name: 'asc' },
      take: NAMED + 1,
    });
    const who = person.name ? maskName(person.name) : '이름 없음';
    const text = `메신저에서 비활성화된 사용자: ${who} (${person.agency?.name ?? '기관 미상'})`;
    return {
      text: fallback(text),
      blocks: [
        section(text),
        ...(Number(facts.roles) > 0 ? [section('가지고 있던 권한을 모두 해지했습니다.')] : []),
        ...(systems.length > 0
          ? [
              section('담당자가 없게 된 시스템입니다. 기관에 새 담당자를 확인하십시오.'),
              lines(systems.slice(0, NAMED).map(({ name, agency }) => ({ label: agency.name, text: name }))),
              ...(systems.length > NAMED
                ? [context(`시스템이 ${NAMED}개보다 많습니다. 모두 함께 옮길 수 있습니다.`)]
                : []),
              actions(
                button(`${BEGIN_PROCEDURE}.${PROCEDURE.contactTransfer}`, '담당자 일괄 변경', {
                  value: `person:${person.id}`,
                  style: 'primary',
                }),
              ),
            ]
          : []),
      ],
    };
  },
};
