import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import { personIn } from '../../filing/review.ts';
import type { Begin } from '../../filing/wizard-slack.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { paperApplication } from '../../procedures/paper-form/paper-form.ts';
import { BLANK_PAPER, FILL_PAPER } from '../../procedures/public-agency.ts';
import { operate } from '../../store/operation.ts';
import { isPaperName, paperOf, papers } from './papers.ts';
import { mayRead } from './readers.ts';

/** 신청서 내려받기 of a submitted filing: the action id, and also the kind of message and the audit action. */
export const FILING_DOCUMENT = 'filing.document';

/** Paper forms in the messenger: blank ones, one filled in here for a 공문, and the form of one's own filing. */
export function registerDocuments(
  messenger: Messenger,
  { filings, begin }: { filings: Filings; begin: Begin },
) {
  messenger.onActionsUnder(BLANK_PAPER, async ({ who, place, show }, name) => {
    if (!isPaperName(name))
      throw new Refusal('알 수 없는 서식입니다.', '홈을 새로 열어 단추를 다시 누르십시오.');
    await operate(filings, { actor: who.id, place }, async (op) => {
      op.tell({
        key: `${BLANK_PAPER}:${name}:${who.id}:${op.now.getTime()}`,
        notice: BLANK_PAPER,
        to: who.id,
        facts: { paper: name, at: op.now.toISOString() },
      });
    });
    await show(
      noteView('보내 드립니다', [
        `「${papers[name].title}」 빈 서식: 이 앱의 ‘메시지’에서 PDF와 DOCX로 받으십시오.`,
      ]),
    );
  });

  messenger.onAction(FILL_PAPER, (click) => begin(click, paperApplication.name, ''));

  messenger.onAction(FILING_DOCUMENT, async ({ who, place, value, show }) => {
    const filing = await operate(filings, { actor: who.id, place }, async (op) => {
      const found = await op.tx.filing.findUnique({ where: { id: value }, include: { system: true } });
      if (!found || !mayRead(found, who.id)) {
        throw new Refusal(
          '본인이 제출했거나 담당하는 시스템의 신청서만 내려받을 수 있습니다.',
          '홈의 목록에서 시스템의 ‘상세’를 확인하십시오.',
        );
      }
      if (!paperOf(found.procedure))
        throw new Refusal('종이 서식이 없는 신청입니다.', '‘상세’에서 내용을 보십시오.');
      op.audit({
        action: FILING_DOCUMENT,
        subject: `filing:${found.id}`,
        person: await personIn(op.tx, found),
        data: { revision: found.revision },
      });
      op.tell({
        key: `${FILING_DOCUMENT}:${found.id}:${found.revision}:${who.id}:${op.now.getTime()}`,
        notice: FILING_DOCUMENT,
        to: who.id,
        facts: { filingId: found.id, revision: found.revision },
      });
      return found;
    });
    await show(
      noteView('보내 드립니다', [
        `접수번호 ${filing.number} 신청서: 이 앱의 ‘메시지’에서 PDF로 받으십시오. 받은 기록이 남습니다.`,
      ]),
    );
  });
}
