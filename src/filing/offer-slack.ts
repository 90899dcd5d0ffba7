import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import { readTarget } from './card.ts';
import { decideFiling } from './decide.ts';
import { type Filings, getProcedure } from './procedure.ts';

type OfferStep = { verb: 'filing.accept' } | { verb: 'filing.decline'; reason: string };

/** 수락 and 거절 by the person whom a filing names. */
export function registerOffers(
  messenger: Messenger,
  { filings, refreshHome }: { filings: Filings; refreshHome: (slackId: string) => void },
) {
  const answer = (step: OfferStep) =>
    messenger.onAction(step.verb, async ({ who, place, value, show }) => {
      const filing = await decideFiling(filings, { who, place }, { ...step, ...readTarget(value) });
      refreshHome(who.slackId ?? '');
      const { document } = getProcedure(filings, filing.procedure);
      const what = `${document}: ${filing.title} (접수번호 ${filing.number})`;
      const next =
        filing.state === SUBMITTED
          ? '표준API 관리자가 승인하면 이 앱의 ‘메시지’로 알려 드립니다.'
          : '요청한 사람에게 알렸습니다.';
      await show(noteView(step.verb === 'filing.accept' ? '수락했습니다' : '거절했습니다', [what, next]));
    });
  answer({ verb: 'filing.accept' });
  answer({ verb: 'filing.decline', reason: '지정된 사람이 거절했습니다.' });
}
