import { koreanDate, seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { context, fallback, lines, section } from '../messenger/blocks.ts';
import type { Signer } from '../records/licences/signer.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/** The certificate with which the bot signs licences ends: the desk hears of it, since no approval works afterwards. */
export function signerEnding({ subject, notAfter }: Pick<Signer, 'subject' | 'notAfter'>): Reminder {
  const endsOn = seoulDay(notAfter);
  return {
    notice: 'signer.ending',
    daysBefore: [60, 30, 14, 7, 3, 1, 0, -1, -7],
    count: 'days',
    find: async (_db, { from, to }) =>
      endsOn < from || endsOn > to ? [] : [{ key: 'signer', dueOn: endsOn, to: [DESK], facts: {} }],
    render: async (_db, _facts, { dueOn }, { now }) => {
      if (dueOn !== endsOn) return null; // another signer by now
      const days = dayNumber(endsOn) - dayNumber(seoulDay(now()));
      const head = `라이선스 서명 인증서 ${days > 0 ? `만료 ${days}일 전` : days === 0 ? '오늘 만료' : '만료됨'}`;
      return {
        text: fallback(head),
        blocks: [
          section(head),
          lines([
            { label: '인증서', text: subject },
            { label: '만료일', text: koreanDate(endsOn) },
            { label: '할 일', text: '봇을 운영하는 사람에게 알려 새 서명 인증서로 바꾸기' },
          ]),
          context(
            '만료되면 라이선스를 서명하는 승인과 폐지목록이 멈춥니다. 이미 발급한 라이선스는 그대로 유효합니다.',
          ),
        ],
      };
    },
  };
}
