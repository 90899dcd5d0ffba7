import type { ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { actions, button, context, header, modal, section } from '../../messenger/blocks.ts';
import { pageOf, turnButtons } from '../../messenger/pager.ts';
import type { Tx } from '../../store/store.ts';
import { LOOK_AT_SYSTEM, SYSTEMS_OF_AGENCY } from './search-view.ts';
import { LOOKED_AT } from './system-look.ts';

const PAGE_SIZE = 20;

/** The systems of one agency, by name, in pages. It shows names and dates only. @throws Refusal */
export async function agencySystems(tx: Tx, code: string, asked: number): Promise<ModalView> {
  const agency = await tx.agency.findUnique({ where: { code } });
  if (!agency) throw new Refusal('기관을 찾을 수 없습니다.', '‘찾기’에서 다시 찾으십시오.');
  const total = await tx.system.count({ where: { agencyCode: code } });
  const paging = pageOf(asked, total, PAGE_SIZE);
  const { page, pages } = paging;
  const systems = await tx.system.findMany({
    where: { agencyCode: code },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    skip: page * PAGE_SIZE,
    take: PAGE_SIZE,
  });
  const turns = turnButtons(paging, { actionId: SYSTEMS_OF_AGENCY, valueFor: (at) => `${code}|${at}` });
  return modal({
    callbackId: LOOKED_AT,
    title: '기관의 시스템',
    blocks: [
      header(agency.name),
      context(`${code} · 시스템 ${total}건${pages > 1 ? ` · ${page + 1} / ${pages} 쪽` : ''}`),
      ...(total === 0 ? [section('등록된 시스템이 없습니다.')] : []),
      ...systems.map(({ id, name, createdAt, retiredAt }) =>
        section(
          `${name}\n등록 ${koreanDate(seoulDay(createdAt))}${retiredAt ? ' · 미사용' : ''}`,
          button(LOOK_AT_SYSTEM, '시스템 상세', { value: id }),
        ),
      ),
      ...(turns.length > 0 ? [actions(...turns)] : []),
    ],
  });
}
