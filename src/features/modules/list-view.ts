import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { button, context, divider, modal, section } from '../../messenger/blocks.ts';
import { fileSize } from '../../messenger/forms/answers.ts';
import { pageOf, pager } from '../../messenger/pager.ts';
import { compareVersions, productKey } from '../../records/modules/fitting.ts';
import { newestOf } from '../../records/modules/newer.ts';
import { markOf } from '../../records/modules/releases.ts';
import { platformOf } from '../../records/modules/words.ts';
import type { Tx } from '../../store/store.ts';
import { LIST_MODULES, REGISTER_MODULE } from './register-view.ts';

export const WITHDRAW = 'module.withdraw';
export const RESTORE = 'module.restore';
export const PAGE = 'module.page';

const PAGE_SIZE = 10;
/** Digits of a SHA-256 that the list shows to tell releases apart; the message with the file shows all of them. */
const DIGITS = 12;

/** 모듈 목록: every release by product and platform, the newest first, with what officers may do with it. */
export async function moduleListView(tx: Tx, asked = 0): Promise<ModalView> {
  const releases = (await tx.moduleRelease.findMany({ include: { blob: true } })).sort(
    (a, b) =>
      a.name.localeCompare(b.name, 'ko') ||
      platformOf(a).localeCompare(platformOf(b)) ||
      compareVersions(b.version, a.version),
  );
  const paging = pageOf(asked, releases.length, PAGE_SIZE);
  const { page } = paging;
  const pageReleases = releases.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const counts = await countUse(
    tx,
    pageReleases.map(({ id }) => id),
  );
  const newest = new Map<string, string | null>();
  for (const release of pageReleases) {
    const key = productKey(release);
    if (!newest.has(key)) newest.set(key, (await newestOf(tx, release))?.version ?? null);
  }
  const rows = pageReleases.flatMap((release): KnownBlock[] => {
    const { id, name, version, withdrawnAt, addedAt, blob, sha256, notes } = release;
    const mark = markOf(release, newest.get(productKey(release)) ?? null);
    const { systems, fetched } = counts(id);
    return [
      divider,
      section(
        [
          `${name} ${version} · ${mark}`,
          `${platformOf(release)} · ${fileSize(blob.size)} · ${koreanDate(seoulDay(addedAt))} 등록`,
          `라이선스와 함께 보냄 ${systems}건 · 따로 받음 ${fetched}건`,
          ...(notes ? [notes.slice(0, 200)] : []),
        ].join('\n'),
        withdrawnAt
          ? button(RESTORE, '되살리기', { value: `${id}:${page}` })
          : button(WITHDRAW, '사용 중지', {
              value: `${id}:${page}`,
              style: 'danger',
              confirm: {
                title: '사용을 중지하시겠습니까?',
                text: `${name.slice(0, 100)} ${version}: 승인할 때 보내지 않고 담당자도 받을 수 없습니다. ‘되살리기’로 되돌릴 수 있습니다.`,
                confirm: '사용 중지',
              },
            }),
      ),
      context(`SHA-256 앞 ${DIGITS}자리 ${sha256.slice(0, DIGITS)}`),
    ];
  });
  return modal({
    callbackId: LIST_MODULES,
    title: '모듈 목록',
    metadata: { page: String(page) },
    blocks: [
      section(
        releases.length === 0
          ? '등록된 모듈이 없습니다. 모듈이 있어야 이용신청을 승인할 수 있습니다.'
          : `모듈 ${releases.length}개`,
        button(REGISTER_MODULE, '모듈 등록'),
      ),
      ...rows,
      ...pager(paging, { actionId: PAGE, divided: true }),
    ],
  });
}

/** How often each release was delivered: with a licence, and by itself. */
async function countUse(tx: Tx, ids: string[]) {
  const [withLicence, alone] = await Promise.all([
    tx.licence.groupBy({ by: ['moduleId'], where: { moduleId: { in: ids } }, _count: true }),
    tx.audit.groupBy({
      by: ['subject'],
      where: { action: 'module.deliver', subject: { in: ids.map((id) => `module:${id}`) } },
      _count: true,
    }),
  ]);
  return (id: string) => ({
    systems: withLicence.find(({ moduleId }) => moduleId === id)?._count ?? 0,
    fetched: alone.find(({ subject }) => subject === `module:${id}`)?._count ?? 0,
  });
}
