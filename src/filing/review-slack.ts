import { Refusal } from '../core/refusal.ts';
import type { Click, Outcome } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { officersOnly } from '../records/people/office.ts';
import { operate } from '../store/operation.ts';
import { READ_NEXT } from './approval-view.ts';
import { ATTACHMENT } from './attachments.ts';
import { REVIEW } from './card.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { ASK_READING, readingView, readReading } from './reading-view.ts';
import { personIn, REVIEWED, readingReason, requireReader, reviewAgain, reviewFiling } from './review.ts';
import { getFiling } from './standing.ts';

const { requireOfficer } = officersOnly('첨부파일은 표준API 관리자만 받을 수 있습니다.');

/** 검토 and 내용 보기: reading a filing, which is recorded, and opening its attachments. */
export function registerReview(messenger: Messenger, filings: Filings): void {
  const { db } = filings;

  const read = async ({ who, place, value }: Click) =>
    (await reviewFiling(filings, { who, place }, value)) ?? readingView(await getFiling(db, value));

  messenger.onAction(REVIEW, async (click) => click.show(await read(click)));
  messenger.onAction(READ_NEXT, async (click) => click.redraw(await read(click)));

  messenger.onSubmit(ASK_READING, async ({ who, place, view }): Promise<Outcome> => {
    requireReader(who);
    const filingId = view.metadata.filing ?? '';
    const given = readReading(view.values);
    if (!given.ok) {
      const late = readingView(await getFiling(db, filingId));
      return { errors: { [given.at]: given.message }, late: () => late };
    }
    const review = await reviewFiling(filings, { who, place }, filingId, given.reason);
    if (!review) throw new Refusal('열람 사유를 적어야 볼 수 있습니다.', '카드의 단추를 다시 누르십시오.');
    return { update: review };
  });

  messenger.onActionsUnder(ATTACHMENT, async ({ who, place, value, view, redraw }) => {
    requireOfficer(who);
    const [filingId = '', field = ''] = value.split(':');
    await operate(filings, { actor: who.id, place }, async (op) => {
      const filing = await getFiling(op.tx, filingId);
      const found = getProcedure(filings, filing.procedure).form.fields[field];
      if (found?.input.kind !== 'file') throw new Refusal('첨부파일을 찾을 수 없습니다.');
      const reason = await readingReason(op.tx, op.now, who, filing);
      op.audit({
        action: ATTACHMENT,
        subject: `filing:${filingId}`,
        person: await personIn(op.tx, filing),
        data: { field, reason },
      });
      op.tell({
        key: `attachment:${filingId}:${filing.revision}:${field}:${who.id}:${op.now.getTime()}`,
        notice: ATTACHMENT,
        to: who.id,
        facts: { filingId, revision: filing.revision, field },
      });
    });
    if (view?.callbackId === REVIEWED) await redraw(await reviewAgain(filings, who, filingId));
  });
}
