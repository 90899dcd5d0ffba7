import type { KnownBlock, ModalView } from '@slack/types';
import { Refusal } from '../../core/refusal.ts';
import { actions, button, context, lines, modal, section } from '../../messenger/blocks.ts';
import { isSameProduct, newestOf, systemsOf } from '../../records/modules/newer.ts';
import { markOf } from '../../records/modules/releases.ts';
import { platformOf } from '../../records/modules/words.ts';
import type { ModuleRelease } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

/** 모듈 받기: of a system, in its details; of one release; of the newest release, in the message about it. */
export const OF_SYSTEM = 'module.ofSystem';
export const FETCH = 'module.fetch';
export const FETCH_NEWEST = 'module.fetchNewest';
export const DELIVERY = 'module.delivery';

/** The release that this system works with, and the newest of its product. @throws Refusal */
export async function modulesOfSystem(tx: Tx, who: Known, systemId: string): Promise<ModalView> {
  const system = (await systemsOf(tx, who.id)).find(({ id }) => id === systemId);
  if (!system) {
    throw new Refusal(
      '이 시스템의 모듈을 받을 수 없습니다.',
      '담당하는 시스템이고 사용 중인 라이선스가 있는지 홈의 목록에서 확인하십시오.',
    );
  }
  const used = await tx.moduleRelease.findUniqueOrThrow({ where: { id: system.moduleId } });
  const newest = await newestOf(tx, used);
  const releases = [...(newest && newest.id !== used.id ? [newest] : []), used];
  return modal({
    callbackId: OF_SYSTEM,
    title: '모듈 받기',
    blocks: [
      section(`${system.name}에 쓰는 표준API 모듈입니다. 받은 파일은 이 앱의 ‘메시지’로 옵니다.`),
      ...releases.flatMap((release) => releaseBlocks(release, used, newest)),
      context('모듈을 바꾸면 시험을 거쳐 적용하십시오. 라이선스 파일은 그대로 씁니다.'),
    ],
  });
}

function releaseBlocks(
  release: ModuleRelease,
  used: ModuleRelease,
  newest: ModuleRelease | null,
): KnownBlock[] {
  const mark = markOf(release, newest?.version ?? null);
  return [
    lines([
      { label: '모듈', text: `${release.name} ${release.version}` },
      { label: '구분', text: release.id === used.id ? `${mark} (이 시스템이 받은 것)` : mark },
      { label: '플랫폼', text: platformOf(release) },
      ...(release.notes ? [{ label: '달라진 점', text: release.notes }] : []),
    ]),
    release.withdrawnAt
      ? context('사용이 중지된 모듈이라 받을 수 없습니다.')
      : actions(button(FETCH, `${release.version} 받기`, { value: release.id })),
  ];
}

/**
 * Sends a release to a contact or deputy whose system uses it, or uses another release of the same product while this
 * is the newest. Every delivery is recorded.
 * @throws Refusal
 */
export async function fetchModule(
  op: Operation,
  who: Known,
  moduleId: string,
  which: 'THIS' | 'NEWEST',
): Promise<ModuleRelease> {
  const clickedRelease = await op.tx.moduleRelease.findUnique({ where: { id: moduleId } });
  const newest = clickedRelease && (await newestOf(op.tx, clickedRelease));
  const releaseToSend = which === 'NEWEST' ? newest : clickedRelease;
  const used = await op.tx.moduleRelease.findMany({
    where: { id: { in: (await systemsOf(op.tx, who.id)).map((system) => system.moduleId) } },
  });
  const sameProduct = used.filter((release) => clickedRelease && isSameProduct(release, clickedRelease));
  if (!clickedRelease || sameProduct.length === 0) {
    throw new Refusal(
      '담당하는 시스템에 쓰는 모듈만 받을 수 있습니다.',
      '홈의 목록에서 시스템의 ‘상세’를 열고 ‘모듈 받기’를 누르십시오.',
    );
  }
  if (!releaseToSend || releaseToSend.withdrawnAt) {
    throw new Refusal(
      '사용이 중지된 모듈입니다.',
      '시스템의 ‘상세’에서 ‘모듈 받기’를 눌러 다른 버전을 받으십시오.',
    );
  }
  if (releaseToSend.id !== newest?.id && !used.some(({ id }) => id === releaseToSend.id)) {
    throw new Refusal(
      '이 시스템이 쓰는 버전과 최신 버전만 받을 수 있습니다.',
      '시스템의 ‘상세’에서 ‘모듈 받기’를 누르십시오.',
    );
  }
  op.audit({
    action: 'module.deliver',
    subject: `module:${releaseToSend.id}`,
    data: { version: releaseToSend.version },
  });
  op.tell({
    key: `module:${releaseToSend.id}:${who.id}:${op.now.getTime()}`,
    notice: DELIVERY,
    to: who.id,
    facts: { moduleId: releaseToSend.id },
  });
  return releaseToSend;
}
