import type { KnownBlock } from '@slack/types';
import { actions, button, context, divider, lines, section, title } from '../../messenger/blocks.ts';
import { isOpen } from '../../records/filings/states.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { checklist, readTimeline, type Timeline, tickedItems, timelineLines } from './timeline.ts';

export const TICK = 'incident.tick';
export const NOTE = 'incident.note';
export const REVOKE = 'incident.revoke';
export const MISTAKEN = 'incident.mistaken';

/** This many systems get a button for their licences; a view has no room for the hundred that a report may name. */
const SHOWN_SYSTEMS = 50;
/** The newest notes of a long timeline; a view has no room for more. */
const SHOWN_NOTES = 40;

/** Shown below the answers: the checklist to officers, and the timeline to both sides. */
export async function followUpBlocks(tx: Tx, filing: Filing, viewer: Known): Promise<KnownBlock[]> {
  const timeline = await readTimeline(tx, filing.id);
  const open = isOpen(filing);
  const acts = viewer.officer && viewer.id !== filing.applicantId;
  return [
    ...(acts ? [...checklistBlocks(filing, timeline, open), ...(await licenceBlocks(tx, filing, open))] : []),
    divider,
    title('진행 기록'),
    ...timelineBlocks(timeline),
    ...(open && (acts || viewer.id === filing.applicantId)
      ? [
          actions(
            button(NOTE, '기록 추가', { value: filing.id }),
            ...(viewer.id === filing.applicantId ? [mistakenButton(filing)] : []),
          ),
        ]
      : []),
  ];
}

/** The report is not withdrawn: officers are told that it was a mistake, and close it. */
const mistakenButton = ({ id }: Filing) =>
  button(MISTAKEN, '잘못된 신고로 표시', {
    value: id,
    confirm: {
      title: '잘못된 신고로 표시하시겠습니까?',
      text: '진행 기록에 남고 관리자에게 알립니다. 신고는 관리자가 확인한 뒤 종결합니다.',
      confirm: '표시',
    },
  });

function checklistBlocks({ id }: Filing, timeline: Timeline, open: boolean): KnownBlock[] {
  return [
    divider,
    title('점검표'),
    ...tickedItems(timeline).map(({ item, by }) =>
      section(
        by ? `☑ ${checklist[item]}\n${by}` : `☐ ${checklist[item]}`,
        open
          ? button(`${TICK}.${item}`, by ? '되돌리기' : '완료', { value: `${id}:${item}:${by ? 0 : 1}` })
          : undefined,
      ),
    ),
    context(
      '정상라이선스를 다시 내주려면 적용결과표 카드의 ‘승인취소’로 시작합니다. 임시라이선스는 담당자가 신청사유 ‘재배포’로 이용신청서를 다시 제출합니다. 조치를 마치면 ‘승인’을 눌러 결과를 적고 종결합니다.',
    ),
  ];
}

async function licenceBlocks(tx: Tx, { id, systemIds }: Filing, open: boolean): Promise<KnownBlock[]> {
  if (systemIds.length === 0) return [];
  const systems = await tx.system.findMany({
    where: { id: { in: systemIds } },
    include: {
      licences: {
        where: IN_FORCE,
        orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
      },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const toRevoke = systems.filter(({ licences }) => licences.length > 0);
  const inOrder = [...toRevoke, ...systems.filter(({ licences }) => licences.length === 0)];
  const rest = inOrder.length - SHOWN_SYSTEMS;
  const next = open && toRevoke.length > SHOWN_SYSTEMS ? ': 위의 라이선스를 폐지하면 이어서 보입니다.' : '';
  return [
    divider,
    title('관련 시스템의 라이선스'),
    ...inOrder.slice(0, SHOWN_SYSTEMS).map(({ id: systemId, name, licences }) => {
      const numbers = licences.map(({ kind, number }) => `${licenceKindLabels[kind]} ${number}`);
      return section(
        `${name}\n${numbers.join(', ') || '사용 중인 라이선스 없음'}`,
        open && licences.length > 0
          ? button(`${REVOKE}.${systemId}`, '라이선스 폐지', {
              value: `${id}:${systemId}`,
              style: 'danger',
              confirm: {
                title: '라이선스를 폐지하시겠습니까?',
                text: `${name}: 사용 중인 라이선스 ${licences.length}건을 모두 폐지합니다. 되돌릴 수 없고 담당자에게 알립니다.`,
                confirm: '폐지',
              },
            })
          : undefined,
      );
    }),
    ...(rest > 0 ? [context(`외 ${rest}개${next}`)] : []),
  ];
}

function timelineBlocks(timeline: Timeline): KnownBlock[] {
  const rows = timelineLines(timeline);
  if (rows.length === 0) return [context('아직 기록이 없습니다.')];
  const newest = rows.slice(-SHOWN_NOTES);
  return [
    ...(rows.length > newest.length ? [context(`최근 ${newest.length}건만 보입니다.`)] : []),
    lines(newest),
  ];
}
