import { addDays, koreanDate, seoulDay, startOfDay } from '../core/calendar.ts';
import { maskName } from '../core/mask.ts';
import { offerButtons, offerLines, ownerButtons } from '../filing/offer.ts';
import { getProcedure } from '../filing/procedure.ts';
import { context, fallback, lines, section } from '../messenger/blocks.ts';
import { OFFERED } from '../records/filings/states.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import type { Person } from '../store/client/client.ts';
import type { Db } from '../store/store.ts';
import type { Reminder, Subject, Window } from './reminder.ts';

/** 수락 요청 that the named person has not answered, 2 and 5 business days after it was sent. */
export const offerUnanswered: Reminder = {
  notice: 'offer.unanswered',
  daysBefore: [-2, -5],
  count: 'businessDays',
  find: (db, window) => findOffers(db, window, ({ named }) => (named.deactivatedAt ? [] : [named.id])),

  async render(db, facts, { to, dueOn, by }, ground) {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (filing?.state !== OFFERED || filing.revision !== facts.revision || filing.namedId !== to) return null;
    const { document, offered } = getProcedure(ground, filing.procedure);
    const head = `${document}: 수락을 기다리고 있습니다. (접수번호 ${filing.number})`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        section(offered?.asks ?? ''),
        lines([...(await offerLines(db, filing)), { label: '요청일', text: koreanDate(dueOn) }]),
        ...(by === 'mail' ? [] : [offerButtons(filing)]),
        context('모르는 일이면 요청한 사람에게 확인하고, 아니면 거절하십시오.'),
      ],
    };
  },
};

/** The same after 5 business days, to the applicant: they may have to call the named person or name another one. */
export const offerStalled: Reminder = {
  notice: 'offer.stalled',
  daysBefore: [-5],
  count: 'businessDays',
  find: (db, window) => findOffers(db, window, ({ applicant }) => reachable(applicant)),

  async render(db, facts, { to, dueOn, by }, ground) {
    const filing = await db.filing.findUnique({
      where: { id: String(facts.filingId) },
      include: { applicant: { select: { ...reachableColumns, agency: true } } },
    });
    if (filing?.state !== OFFERED || filing.revision !== facts.revision) return null;
    if (!reachable(filing.applicant).includes(to)) return null;
    const { document } = getProcedure(ground, filing.procedure);
    const named = await db.person.findUnique({ where: { id: filing.namedId ?? '' } });
    const head = `${document}: 아직 수락하지 않았습니다. (접수번호 ${filing.number})`;
    const own = to === filing.applicantId;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          ...(own ? [] : [{ label: '기관', text: filing.applicant.agency?.name ?? '(미상)' }]),
          { label: '대상', text: filing.title },
          { label: '수락할 사람', text: named?.name ? maskName(named.name) : '이름 없음' },
          { label: '요청일', text: koreanDate(dueOn) },
          {
            label: '할 일',
            text: own
              ? '수락할 사람에게 확인. 다른 사람으로 바꾸려면 수정하여 다시 제출'
              : '요청한 사람의 기관에 확인',
          },
        ]),
        ...(own && by !== 'mail' ? [ownerButtons(filing)] : []),
        ...(own ? [] : [context('요청한 사람에게 메신저로 알릴 수 없습니다. 전화로 확인하십시오.')]),
      ],
    };
  },
};

type Offer = { named: Person; applicant: Parameters<typeof reachable>[0] };

async function findOffers(
  db: Db,
  { from, to }: Window,
  recipients: (offer: Offer) => string[],
): Promise<Subject[]> {
  const rows = await db.filing.findMany({
    where: {
      state: OFFERED,
      namedId: { not: null },
      submittedAt: { gte: startOfDay(from), lt: startOfDay(addDays(to, 1)) },
    },
    include: { applicant: { select: reachableColumns } },
  });
  const ids = [...new Set(rows.flatMap(({ namedId }) => namedId ?? []))];
  const people = await db.person.findMany({ where: { id: { in: ids } } });
  const byId = new Map(people.map((person) => [person.id, person]));
  return rows.flatMap(({ id, revision, namedId, submittedAt, applicant }) => {
    const named = byId.get(namedId ?? '');
    const addressees = named ? recipients({ named, applicant }) : [];
    if (addressees.length === 0) return [];
    const facts = { filingId: id, revision };
    return [{ key: `${id}.${revision}`, dueOn: seoulDay(submittedAt), to: addressees, facts }];
  });
}
