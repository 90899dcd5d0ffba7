import { parseEmail } from '../../core/contact-rules.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Click, Outcome } from '../../messenger/click.ts';
import { enteredIn } from '../../messenger/entered.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import type { Delivery } from './deliveries.ts';
import { describe } from './deliveries.ts';
import {
  closeFailed,
  correctAddress,
  markReturned,
  requireOfficer,
  sendAgain,
  sendAllAgain,
} from './send-again.ts';
import {
  ADDRESS,
  addressView,
  CLOSE,
  CORRECT_ADDRESS,
  FAILED,
  failedView,
  MARK_RETURNED,
  SEND_AGAIN,
  SEND_ALL_AGAIN,
  SENT_MAILS,
  sentView,
} from './view.ts';

/** Officers' lists of failed deliveries and of sent mails, with their buttons. */
export function registerDeliveries(
  { onAction, onActionsUnder, onSubmit }: Messenger,
  { filings: ground }: { filings: Filings },
) {
  const { db } = ground;

  onAction(FAILED, async ({ who, show }) => {
    requireOfficer(who);
    await show(await failedView(db));
  });

  onAction(SENT_MAILS, async ({ who, show }) => {
    requireOfficer(who);
    await show(await sentView(db));
  });

  onActionsUnder(SENT_MAILS, async ({ who, value, redraw }) => {
    requireOfficer(who);
    await redraw(await sentView(db, Math.max(0, Math.floor(Number(value)) || 0)));
  });

  onAction(SEND_AGAIN, async (click) => {
    await sendAgain(ground, click.who, click.place, click.value);
    await answer(click, '다시 보냅니다', '전달하지 못하면 관리자 채널에 다시 알려 드립니다.');
  });

  onAction(SEND_ALL_AGAIN, async (click) => {
    await sendAllAgain(ground, click.who, click.place, click.value);
    await click.redraw(await failedView(db));
  });

  onAction(CLOSE, async (click) => {
    await closeFailed(ground, click.who, click.place, click.value);
    await answer(click, '처리했습니다', '목록에서 지웠습니다.');
  });

  /** Redraws the list of failed deliveries; a button of a channel message opens a window with the result instead. */
  async function answer(click: Click, title: string, text: string): Promise<void> {
    await (click.view ? click.redraw(await failedView(db)) : click.show(noteView(title, [text])));
  }

  onAction(MARK_RETURNED, async ({ who, place, value, view, redraw }) => {
    await markReturned(ground, who, place, value);
    await redraw(await sentView(db, Number(view?.metadata.skip) || 0));
  });

  onAction(CORRECT_ADDRESS, async ({ who, value, show }) => {
    requireOfficer(who);
    await show(addressView(await getDelivery(value)));
  });

  onSubmit(CORRECT_ADDRESS, async ({ who, place, view }): Promise<Outcome> => {
    const id = view.metadata.outbox ?? '';
    const typed = enteredIn(view.values, ADDRESS)?.value ?? '';
    const parsed = parseEmail(typed);
    if (!parsed.ok) {
      const late = addressView(await getDelivery(id));
      return { errors: { [ADDRESS]: parsed.message }, late: () => late };
    }
    await correctAddress(ground, who, place, id, typed);
    return { update: noteView('다시 보냅니다', ['주소를 고치고 다시 보냅니다. 고친 기록이 남습니다.']) };
  });

  async function getDelivery(id: string): Promise<Delivery> {
    const row = await db.outbox.findUnique({ where: { id } });
    const [delivery] = row ? await describe(db, [row]) : [];
    if (!delivery) throw new Refusal('안내를 찾을 수 없습니다.', '목록을 다시 열어 확인하십시오.');
    return delivery;
  }
}
