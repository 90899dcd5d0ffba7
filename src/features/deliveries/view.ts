import type { KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  context,
  cut,
  divider,
  lines,
  modal,
  section,
  title,
} from '../../messenger/blocks.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { type Ask, map, read } from '../../store/ask.ts';
import type { Tx } from '../../store/store.ts';
import {
  type Delivery,
  failedCount,
  failedDeliveries,
  failedKinds,
  SENT_AT_ONCE,
  sentMails,
} from './deliveries.ts';
import { kindText } from './reason.ts';

export const FAILED = 'deliveries.failed';
export const SENT_MAILS = 'deliveries.sent';
export const SEND_AGAIN = 'outbox.resend';
export const SEND_ALL_AGAIN = 'outbox.resendAll';
export const CORRECT_ADDRESS = 'deliveries.address';
export const CLOSE = 'outbox.close';
export const MARK_RETURNED = 'outbox.returned';
export const ADDRESS = 'address';

const SHOWN = 10;
/** The most characters of a reason: the reply of a mail server may be long. */
const REASON = 600;

export const failedBlocks: Ask<KnownBlock[]> = map(failedCount, (count) =>
  count > 0 ? [title(`전달 실패 ${count}건`, button(FAILED, '전달 실패 보기', { style: 'danger' }))] : [],
);

/** The list of failed deliveries: recipient, message, time and reason, with buttons to deal with each. */
export async function failedView(tx: Tx): Promise<ModalView> {
  const [total, deliveries, kinds] = await Promise.all([
    read(tx, failedCount),
    failedDeliveries(tx, SHOWN),
    failedKinds(tx),
  ]);
  return modal({
    callbackId: 'deliveries.failed',
    title: '전달 실패',
    blocks: [
      section(total > 0 ? `전달하지 못한 안내가 ${total}건 있습니다.` : '전달하지 못한 안내가 없습니다.'),
      ...kinds.map(({ kind, count }) =>
        section(
          `${kindText(kind)} ${count}건`,
          button(SEND_ALL_AGAIN, '모두 다시 보내기', {
            value: kind,
            confirm: {
              title: `${Math.min(count, SENT_AT_ONCE)}건을 다시 보내시겠습니까?`,
              text: '사유가 해결된 뒤에 누르십시오. 받는 사람마다 안내가 나가고, 다시 보낸 기록이 남습니다.',
              confirm: '모두 다시 보내기',
            },
          }),
        ),
      ),
      ...deliveries.flatMap((delivery) => [
        divider,
        deliveryLines(delivery, true),
        actions(
          button(SEND_AGAIN, '다시 보내기', { value: delivery.id, style: 'primary' }),
          ...(delivery.byMail ? [button(CORRECT_ADDRESS, '주소 고치기', { value: delivery.id })] : []),
          button(CLOSE, '처리함', {
            value: delivery.id,
            confirm: {
              title: '목록에서 지우시겠습니까?',
              text: '전화 등 다른 방법으로 알렸으면 목록에서 지웁니다. 지운 기록이 남습니다.',
              confirm: '처리함',
            },
          }),
        ),
      ]),
      ...(total > deliveries.length
        ? [context(`오래된 ${deliveries.length}건입니다. 처리하면 나머지가 보입니다.`)]
        : []),
    ],
  });
}

/**
 * Mails that the mail server accepted, so that officers can mark a returned one.
 * @param skip how many newer mails to pass over
 */
export async function sentView(tx: Tx, skip = 0): Promise<ModalView> {
  const found = await sentMails(tx, SHOWN + 1, skip);
  const mails = found.slice(0, SHOWN);
  return modal({
    callbackId: 'deliveries.sent',
    title: '보낸 메일',
    metadata: { skip },
    blocks: [
      section(
        mails.length > 0
          ? '메일 서버가 받은 메일입니다. 나중에 반송 메일이 오면 그 메일에서 ‘반송 표시’를 누르십시오. 전달 실패 목록으로 옮겨집니다.'
          : '보낸 메일이 없습니다.',
      ),
      ...mails.flatMap((delivery) => [
        divider,
        deliveryLines(delivery, false),
        actions(
          button(MARK_RETURNED, '반송 표시', {
            value: delivery.id,
            confirm: {
              title: '반송되었습니까?',
              text: '이 메일이 반송되었다고 표시합니다.',
              confirm: '반송 표시',
            },
          }),
        ),
      ]),
      ...turns(skip, found.length > SHOWN),
    ],
  });
}

/** Buttons to newer and older mails. The mails are not counted, so only `more` is known. */
function turns(skip: number, more: boolean): KnownBlock[] {
  const buttons = [
    ...(skip > 0 ? [button(`${SENT_MAILS}.newer`, '더 최근 메일', { value: String(skip - SHOWN) })] : []),
    ...(more ? [button(`${SENT_MAILS}.older`, '더 오래된 메일', { value: String(skip + SHOWN) })] : []),
  ];
  return buttons.length > 0 ? [divider, actions(...buttons)] : [];
}

export function deliveryLines({ who, what, when, why }: Delivery, failed: boolean): KnownBlock {
  return lines([
    { label: '받는 사람', text: who },
    { label: '내용', text: what },
    { label: failed ? '만든 때' : '보낸 때', text: when },
    ...(failed ? [{ label: '사유', text: cut(why, REASON) }] : []),
  ]);
}

export function addressView({ id, who }: Delivery): ModalView {
  return modal({
    callbackId: CORRECT_ADDRESS,
    title: '주소 고치기',
    submit: '고치고 다시 보내기',
    close: '취소',
    metadata: { outbox: id },
    blocks: [
      section(`지금: ${who}`),
      inputBlock(
        ADDRESS,
        '새 이메일',
        { type: 'email_text_input' },
        {
          hint: '담당자에게 확인한 주소를 적으십시오. 앞으로의 안내도 이 주소로 갑니다. 고친 기록이 남습니다.',
        },
      ),
    ],
  });
}
