import type { KnownBlock } from '@slack/types';
import { koreanDate } from '../../core/calendar.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Medium, Renderer } from '../../messenger/notice.ts';
import type { Licence, ModuleRelease } from '../../store/client/client.ts';
import { endOf } from '../in-force.ts';
import { platformOf } from '../modules/words.ts';

/** 정상 and 정식 mean the same; the guide's buttons say 정상. */
export const licenceKindLabels = { TEMPORARY: '임시라이선스', REGULAR: '정상라이선스' } as const;

/** Kind and number, and the maker of the file if it was not the bot. */
export function licenceName({ kind, number, madeBy }: Pick<Licence, 'kind' | 'number' | 'madeBy'>): string {
  return `${licenceKindLabels[kind]} ${number}${madeBy === 'OFFICIAL' ? ` (${OFFICIAL_FILE})` : ''}`;
}

/** The name of an official generator's file everywhere; the bot cannot read its content. */
export const OFFICIAL_FILE = '공식 발급기 파일';

/** Where no last day is recorded: the bot's own file has none; what an official generator's file says is not known. */
export const withoutEnd = ({ madeBy }: Pick<Licence, 'madeBy'>): string =>
  madeBy === 'OFFICIAL' ? '파일에 정해진 대로 (확인 필요)' : '만료일 없음';

export function validity(licence: Pick<Licence, 'kind' | 'expiresOn' | 'madeBy'>): string {
  const { kind, expiresOn, madeBy } = licence;
  if (expiresOn) return `${koreanDate(expiresOn)}까지`;
  const reissue = kind === 'REGULAR' && madeBy !== 'OFFICIAL' ? ' (서버 IP나 도메인이 바뀌면 재발급)' : '';
  return `${withoutEnd(licence)}${reissue}`;
}

/** What a contact without a messenger account does after the trial (guide, 공공기관: 적용결과를 이메일로 제출). */
export const MAIL_REPORT =
  '적용결과표(운영서버의 IP, HOST, Mac 주소, 도메인, 모듈 버전, 운영체제, WAS·JDK 버전, 시험결과, 적용일)를 이메일로 제출';

const nextSteps = {
  TEMPORARY: [
    '1. 첨부한 표준API 모듈을 대상시스템에 설치하십시오. 자료실의 ‘설치가이드’를 참고하십시오.',
    '2. 라이선스 파일의 이름을 gpkiapi.lic로 바꾸어 gpkiapi.conf와 같은 conf 폴더에 넣으십시오. FTP로 옮길 때에는 반드시 바이너리(binary) 모드를 쓰십시오.',
    '3. 시험을 마치면 홈에서 ‘적용결과표 제출’을 누르십시오. 승인되면 정상라이선스를 보내 드립니다.',
    '※ 유효기간이 지나면 표준API가 동작하지 않습니다. 그 전에 적용결과표를 제출하십시오.',
  ],
  REGULAR: [
    '1. 라이선스 파일의 이름을 gpkiapi.lic로 바꾸어 운영서버의 conf 폴더에 넣고, 쓰던 라이선스 파일과 바꾸십시오.',
    '2. 서비스를 다시 시작한 뒤 정상 동작을 확인하십시오.',
    `※ 서버 IP나 도메인이 바뀌면 재발급을 받아야 합니다. 문의: ${SUPPORT_PHONE}`,
  ],
} as const;

function stepsAfter(kind: keyof typeof nextSteps, by: Medium | undefined): readonly string[] {
  if (kind === 'REGULAR' || by !== 'mail') return nextSteps[kind];
  const report = `3. 시험을 마치면 첨부한 빈 ${MAIL_REPORT}하십시오. 이 메일에 답장으로 보내면 됩니다. 적용결과가 정상이면 정상라이선스를 이메일로 보내 드립니다.`;
  const install = '1. 첨부한 표준API 모듈을 그 안의 설치가이드를 참고하여 대상시스템에 설치하십시오.';
  return nextSteps.TEMPORARY.map((step) =>
    step.startsWith('1.') ? install : step.startsWith('3.') ? report : step,
  );
}

/** The message with the licence file and its module, what to do next and until when the licence is valid. */
export const licenceDelivery: Renderer = async (db, facts, by, to) => {
  const licence = await db.licence.findUnique({
    where: { id: String(facts.licenceId) },
    include: { system: true, blob: true, filing: { select: { number: true } } },
  });
  if (!licence) return null;
  // The message may be sent late, or again: meanwhile the licence may be revoked, or another person in charge.
  const { contactId, deputyId } = licence.system;
  if (endOf(licence)?.how === 'revoked' || (to !== undefined && ![contactId, deputyId].includes(to)))
    return null;
  const module = licence.moduleId
    ? await db.moduleRelease.findUnique({ where: { id: licence.moduleId }, include: { blob: true } })
    : null;
  const former = licence.previousId
    ? await db.licence.findUnique({ where: { id: licence.previousId } })
    : null;
  const kind = licenceKindLabels[licence.kind];
  const head = `${kind} 발급: ${licence.system.name}`;
  const blocks: KnownBlock[] = [
    header(`${kind}를 보내 드립니다.`),
    lines([
      { label: '시스템명', text: licence.system.name },
      { label: '접수번호', text: licence.filing.number },
      { label: '라이선스 번호', text: licence.number },
      ...(former ? [{ label: '이전 라이선스', text: `${former.number} (이 라이선스로 바뀜)` }] : []),
      ...(licence.madeBy === 'OFFICIAL' ? [{ label: '만든 곳', text: OFFICIAL_FILE }] : []),
      { label: '유효기간', text: validity(licence) },
      ...(module ? [{ label: '모듈', text: moduleLabel(module) }] : []),
    ]),
    section(stepsAfter(licence.kind, by).join('\n')),
  ];
  return {
    text: fallback(head),
    blocks,
    files: [
      { sha256: licence.sha256, name: licence.fileName, size: licence.blob.size, type: 'lic' },
      ...(module
        ? [{ sha256: module.sha256, name: module.fileName, size: module.blob.size, type: 'module' }]
        : []),
    ],
  };
};

function moduleLabel(release: ModuleRelease): string {
  return `${release.name} ${release.version} (${platformOf(release)})`;
}
