import type { KnownBlock } from '@slack/types';
import { actions, button, context, fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { NEWER, newestOf, systemsBehind } from '../../records/modules/newer.ts';
import { markOf } from '../../records/modules/releases.ts';
import { platformOf } from '../../records/modules/words.ts';
import type { FileRef } from '../../store/blobs.ts';
import type { ModuleRelease } from '../../store/client/client.ts';
import { DELIVERY, FETCH_NEWEST } from './fetch.ts';

const SHOWN = 10;

const fileOf = ({ sha256, fileName, blob }: ModuleRelease & { blob: { size: number } }): FileRef => ({
  sha256,
  name: fileName,
  size: blob.size,
  type: 'module',
});

const toFetch = (id: string): KnownBlock[] => [
  actions(button(FETCH_NEWEST, '새 모듈 받기', { value: id, style: 'primary' })),
  context('쓰던 버전도 홈의 목록에서 시스템의 ‘상세’를 열고 ‘모듈 받기’를 누르면 받을 수 있습니다.'),
];

/** Text of the mail to a contact without a messenger account; the module is attached. */
const attached = (sha256: string): KnownBlock[] => [
  section('새 모듈을 첨부합니다. 라이선스 파일은 그대로 쓰고, 시험을 거쳐 적용하십시오.'),
  context(`받은 파일이 온전한지 SHA-256을 계산하여 비교하십시오. ${sha256}`),
];

/** Messages about modules: news of a release to contacts of older ones, and the file to the person who asked. */
export const moduleNotices: Notices = {
  [NEWER]: async (db, facts, by) => {
    const release = await db.moduleRelease.findUnique({
      where: { id: String(facts.moduleId) },
      include: { blob: true },
    });
    if (!release || release.withdrawnAt) return null;
    if ((await newestOf(db, release))?.id !== release.id) return null; // there is a newer release, which has a message of its own
    const systems = await systemsBehind(db, String(facts.personId), release);
    if (systems.length === 0) return null;
    const head = `표준API 모듈의 새 버전이 나왔습니다: ${release.name} ${release.version}`;
    const names = systems.slice(0, SHOWN).map(({ name }) => `• ${name}`);
    if (systems.length > SHOWN) names.push(`… 외 ${systems.length - SHOWN}건`);
    return {
      text: fallback(head),
      blocks: [
        header('표준API 모듈의 새 버전이 나왔습니다.'),
        lines([
          { label: '모듈', text: `${release.name} ${release.version}` },
          { label: '플랫폼', text: platformOf(release) },
          ...(release.notes ? [{ label: '달라진 점', text: release.notes }] : []),
          { label: `이전 버전을 받은 시스템 ${systems.length}건`, text: `\n${names.join('\n')}` },
        ]),
        ...(by === 'mail' ? attached(release.sha256) : toFetch(release.id)),
      ],
      ...(by === 'mail' ? { files: [fileOf(release)] } : {}),
    };
  },

  [DELIVERY]: async (db, facts) => {
    const release = await db.moduleRelease.findUnique({
      where: { id: String(facts.moduleId) },
      include: { blob: true },
    });
    if (!release) return null;
    const newest = await newestOf(db, release);
    const head = `표준API 모듈: ${release.name} ${release.version}`;
    return {
      text: fallback(head),
      blocks: [
        section('표준API 모듈을 보내 드립니다.'),
        lines([
          { label: '모듈', text: `${release.name} ${release.version}` },
          { label: '구분', text: markOf(release, newest?.version ?? null) },
          { label: '플랫폼', text: platformOf(release) },
          { label: 'SHA-256', text: release.sha256 },
          ...(release.notes ? [{ label: '달라진 점', text: release.notes }] : []),
        ]),
        context('받은 파일이 온전한지 SHA-256을 계산하여 비교하십시오.'),
      ],
      files: [fileOf(release)],
    };
  },
};
