import { Refusal } from '../core/refusal.ts';
import { context, header, section } from '../messenger/blocks.ts';
import type { Messenger } from '../messenger/messenger.ts';
import type { Notices } from '../messenger/notice.ts';
import { whoIs } from '../records/people/who.ts';
import type { Known } from '../store/known.ts';
import { type Ground, operate } from '../store/operation.ts';
import { helpBlocks } from './command-slack.ts';

const GREETING = 'greeting';

interface GreetingParts {
  ground: Ground;
  whoIs: (slackId: string) => Promise<Known>;
  deskChannel: string | null;
  questionsChannel: string | null;
}

/** Greets a person who opens 메시지 for the first time, and a channel that the bot is invited to. */
export function registerGreeting(messenger: Messenger, parts: GreetingParts): void {
  messenger.onMessagesOpened(async (slackId) => {
    try {
      await greet(parts, await parts.whoIs(slackId));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // the account is deactivated
    }
  });
  messenger.onInvited((channel) => {
    const lines = arrivalText(channel, parts);
    return { text: lines[0] ?? '', blocks: [section(lines.join('\n'))] };
  });
}

/** Greets a person to whom the bot has never written. The outbox key makes it happen once. */
async function greet({ ground }: GreetingParts, who: Known): Promise<void> {
  const message = await ground.db.outbox.findFirst({ where: { recipient: who.id }, select: { id: true } });
  if (message) return;
  await operate(ground, { actor: 'bot', place: GREETING }, async (op) =>
    op.tell({ key: `${GREETING}:${who.id}`, notice: GREETING, to: who.id, facts: { personId: who.id } }),
  );
}

export const greetingNotices: Notices = {
  [GREETING]: async (db, facts) => {
    const person = await db.person.findUnique({ where: { id: String(facts.personId) } });
    if (!person?.slackId) return null;
    const lead = '안녕하십니까. 행정전자서명(GPKI) 표준API를 신청하고 받는 보급봇입니다.';
    return {
      text: lead,
      blocks: [
        header('보급봇입니다'),
        section(lead),
        ...(await helpBlocks(db, await whoIs(db, person.slackId))),
        context('승인 결과와 라이선스 파일은 이 대화방으로 옵니다.'),
      ],
    };
  },
};

function arrivalText(channel: string, { deskChannel, questionsChannel }: GreetingParts): string[] {
  if (channel === deskChannel)
    return [
      '보급봇이 관리자 채널에 들어왔습니다.',
      '신청이 들어오면 이 채널에 카드로 올립니다. 카드의 ‘검토’를 눌러 읽고 승인, 보완요청, 반려하십시오.',
      '전체 목록과 관리 업무는 왼쪽 ‘보급봇’의 ‘홈’에 있습니다.',
    ];
  if (channel === questionsChannel)
    return [
      '보급봇이 문의 채널에 들어왔습니다.',
      'Q&A 문의를 이 채널에 올립니다. 카드의 스레드에 답을 적으면 질문한 사람에게 갑니다.',
    ];
  return [
    '보급봇이 들어왔습니다. 이 채널은 관리자 채널로 정해져 있지 않아 신청을 올리지 않습니다.',
    `관리자 채널로 쓰려면 봇을 운영하는 사람이 ADMIN_CHANNEL을 ${channel}로 정해야 합니다.`,
    '표준API를 신청하려면 왼쪽 ‘보급봇’의 ‘홈’을 여십시오.',
  ];
}
