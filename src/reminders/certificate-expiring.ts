import type { KnownBlock } from '@slack/types';
import { addDays, koreanDate, seoulDay, startOfDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { SERVER_CERTIFICATE } from '../features/systems/server-certificate-slack.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import { PROVE_BEGIN } from '../procedures/registration/certificate-slack.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/**
 * 서버용·개인용 인증서: they can be renewed (갱신) from 90 days before they end; after that they can only be issued anew
 * (재발급), 고시 제20조. A server's certificate is reported to contact and deputy, a personal one to its owner alone.
 */
export const certificateExpiring: Reminder = {
  notice: 'certificate.expiring',
  daysBefore: [90, 30, 7, -1, -14],
  count: 'days',
  done: '처리함',

  async find(db, { from, to }) {
    const rows = await db.certificate.findMany({
      where: {
        endedAt: null,
        notAfter: { gte: startOfDay(from), lt: startOfDay(addDays(to, 1)) },
        OR: [{ personId: { not: null } }, { system: { retiredAt: null } }],
      },
      select: {
        id: true,
        purpose: true,
        notAfter: true,
        registeredAt: true,
        person: { select: reachableColumns },
        system: {
          select: { contact: { select: reachableColumns }, deputy: { select: reachableColumns } },
        },
      },
    });
    return rows.map(({ id, purpose, notAfter, registeredAt, person, system }) => ({
      key: id,
      dueOn: seoulDay(notAfter),
      since: seoulDay(registeredAt),
      // Only the owner can renew a personal certificate.
      to:
        purpose === 'SERVER'
          ? reachable(system?.contact ?? null, system?.deputy ?? null)
          : reachable(person).filter((one) => one !== DESK),
      facts: { certificateId: id },
    }));
  },

  async render(db, facts, { to, dueOn, by }, { now }) {
    const row = await db.certificate.findUnique({
      where: { id: String(facts.certificateId) },
      include: { system: { include: { agency: true } } },
    });
    if (!row || row.endedAt || seoulDay(row.notAfter) !== dueOn) return null;
    const { system } = row;
    if (
      system
        ? system.retiredAt || ![system.contactId, system.deputyId, DESK].includes(to)
        : row.personId !== to
    )
      return null;
    const days = dayNumber(dueOn) - dayNumber(seoulDay(now()));
    const kind = system ? '서버용 인증서' : '개인용 인증서';
    const head = `${kind} ${standing(days)}: ${row.cn}`;
    const renew = days >= 0 ? '갱신' : '재발급';
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          ...(to === DESK && system ? [{ label: '기관', text: system.agency.name }] : []),
          ...(system ? [{ label: '시스템명', text: system.name }] : []),
          { label: '만료일', text: koreanDate(dueOn) },
          {
            label: '할 일',
            text: `소속기관의 인증 담당자에게 ${renew} 신청${by === 'mail' ? '' : ', 새 인증서를 이 앱에 등록'}`,
          },
        ]),
        ...(by === 'mail' ? [] : [nextAct(to, system?.id ?? null)]),
        context(
          days >= 0
            ? '만료된 뒤에는 갱신할 수 없고 새로 발급(재발급)받아야 합니다.'
            : '만료된 인증서는 갱신할 수 없습니다. 새로 발급(재발급)받으십시오.',
          ...(system ? ['서버용 인증서를 바꾼 뒤에는 WAS를 다시 시작해야 합니다.'] : []),
        ),
      ],
    };
  },
};

function standing(days: number): string {
  if (days > 0) return `만료 ${days}일 전`;
  return days === 0 ? '오늘 만료' : `만료 후 ${-days}일 경과`;
}

function nextAct(to: string, systemId: string | null): KnownBlock {
  if (to === DESK)
    return context('담당자와 부담당자에게 메신저나 메일로 알릴 수 없습니다. 전화나 이메일로 알려 주십시오.');
  if (systemId) return actions(button(SERVER_CERTIFICATE, '새 인증서 등록', { value: systemId }));
  return actions(button(PROVE_BEGIN, '새 인증서 등록'));
}
