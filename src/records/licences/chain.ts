import { koreanDate, seoulDay } from '../../core/calendar.ts';
import type { Labelled } from '../../messenger/blocks.ts';
import type { Licence } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { endOf } from '../in-force.ts';
import { licenceName, validity } from './delivery.ts';

/** A licence and the one that superseded it. */
interface Link {
  licence: Licence;
  by: Licence | null;
}

/** 라이선스 이력: every licence that a system ever had, from the oldest to the newest. */
export async function licenceChain(tx: Tx, systemId: string): Promise<Link[]> {
  return linked(
    await tx.licence.findMany({ where: { systemId }, orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }] }),
  );
}

/** Links the licences of one system. One approval may supersede several. */
export function linked(licences: readonly Licence[]): Link[] {
  const byAge = [...licences].sort(
    // ids follow the order of time too
    (a, b) => a.issuedAt.getTime() - b.issuedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  return byAge.map((licence) => ({ licence, by: successorOf(licence, byAge) }));
}

function successorOf(licence: Licence, all: readonly Licence[]): Licence | null {
  const end = endOf(licence);
  if (end?.how !== 'superseded') return null;
  return (
    all.find((one) => one.previousId === licence.id) ??
    all.find((one) => one.id !== licence.id && one.issuedAt.getTime() === end.at.getTime()) ??
    null
  );
}

/** Lines for people, the oldest licence first: dates, which one superseded which, and why. */
export function chainLines(chain: readonly Link[], today: string): Labelled[] {
  return chain.map(({ licence, by }) => ({
    label: licenceName(licence),
    text: `발급 ${day(licence.issuedAt)} · ${validity(licence)} · ${standingText(licence, by, today)}`,
  }));
}

/** The state of a licence: 사용 중, or since when, why and by which licence it was replaced. */
function standingText(licence: Licence, by: Licence | null, today: string): string {
  const { endReason, expiresOn } = licence;
  const end = endOf(licence);
  const why = endReason ? ` (사유: ${endReason})` : '';
  if (!end) return expiresOn !== null && expiresOn < today ? '유효기간 지남' : '사용 중';
  if (end.how === 'revoked') return `${day(end.at)} 폐지${why}`;
  return `${day(end.at)} ${by ? `교체: ${by.number}` : '새 라이선스로 바뀜'}${why}`;
}

const day = (at: Date) => koreanDate(seoulDay(at));
