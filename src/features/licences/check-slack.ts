import type { KnownBlock } from '@slack/types';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { maskIp } from '../../core/mask.ts';
import { systemButtons } from '../../filing/begin-buttons.ts';
import { REPORT } from '../../filing/buttons.ts';
import type { Filings } from '../../filing/procedure.ts';
import { sealedText } from '../../messenger/attachment-type.ts';
import { actions, button, context, divider, type Labelled, lines, section } from '../../messenger/blocks.ts';
import type { DirectMessage, DirectMessageHandler } from '../../messenger/click.ts';
import type { ChosenFile } from '../../messenger/entered.ts';
import { kindOfContent } from '../../messenger/file-kind.ts';
import { type FileSource, fetchChosen } from '../../messenger/intake.ts';
import { endOf } from '../../records/in-force.ts';
import { chainLines, linked } from '../../records/licences/chain.ts';
import { licenceName, OFFICIAL_FILE, validity } from '../../records/licences/delivery.ts';
import { FORGED } from '../../records/licences/judge.ts';
import type { LicencePayload } from '../../records/licences/licence.ts';
import { MAX_BYTES } from '../../records/licences/verify.ts';
import { isPrivateKey } from '../../records/pki/material.ts';
import { refusalTexts } from '../../records/pki/refusals.ts';
import { systemStanding } from '../../records/systems/standing.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import { type Checked, checkFile, type Recorded } from './check.ts';
import { DOWNLOAD } from './download-slack.ts';

/** How many files of one message are checked. */
const MOST = 3;
const HOSTS_SHOWN = 10;
const CHAIN_SHOWN = 20;

interface CheckParts {
  filings: Filings;
  files: FileSource;
  /** Certificates (PEM) of the current and of earlier licence signers. */
  trusted: readonly string[];
}

/** Checks a licence file sent to the bot: says what it is, its state, and how to solve a problem. */
export function licenceCheck(parts: CheckParts): DirectMessageHandler {
  return async (message) => {
    const answers: KnownBlock[][] = [];
    for (const file of message.files.slice(0, MOST)) {
      const answer = await answerTo(parts, message, file);
      if (answer) answers.push(answer);
    }
    if (answers.length === 0) return null; // no licence: the next handler says where the file belongs
    const more =
      message.files.length > MOST
        ? [context(`한 번에 ${MOST}개까지 확인합니다. 나머지는 따로 올리십시오.`)]
        : [];
    return {
      text: '라이선스 파일을 확인했습니다.',
      blocks: [...answers.flatMap((blocks, index) => (index > 0 ? [divider, ...blocks] : blocks)), ...more],
    };
  };
}

async function answerTo(
  { filings, files, trusted }: CheckParts,
  { who, place }: DirectMessage,
  file: ChosenFile,
): Promise<KnownBlock[] | null> {
  const isNamedSo = /\.lic$/i.test(file.name.trim());
  if (file.size > MAX_BYTES) {
    if (!isNamedSo) return null; // perhaps a module: the next handler may know it
    return [section('1MB가 넘는 파일은 라이선스가 아니므로 열어 보지 않았습니다.')];
  }
  if (isPrivateKey(Buffer.alloc(0), file.name)) return [section(`✖ ${refusalTexts.PRIVATE_KEY}`)];
  const bytes = await fetchChosen(files, file).catch(() => null);
  if (!bytes) return isNamedSo ? [section('파일을 읽지 못했습니다. 다시 올리십시오.')] : null;
  if (isPrivateKey(bytes, file.name)) return [section(`✖ ${refusalTexts.PRIVATE_KEY}`)];
  const sealed = isNamedSo ? sealedText(await kindOfContent(bytes)) : null;
  if (sealed) return [section(`✖ 이 파일은 ${sealed}`)];
  return operate(filings, { actor: who.id, place }, async (op) => {
    const checked = await checkFile(op.tx, trusted, bytes);
    if (checked.is === 'refused' && checked.reason === 'NOT_A_LICENCE' && !isNamedSo) return null;
    const recorded = checked.is === 'refused' ? checked.claimed : checked.recorded;
    if (recorded) {
      op.audit({
        action: 'licence.check',
        subject: `licence:${recorded.number}`,
        data: { found: checked.is, shown: mayKnow(recorded, who) ? 'whole' : 'standing' },
      });
    }
    return drawn(filings, checked, who, seoulDay(op.now));
  });
}

/** Whether this person may read the servers of a licence: contact and deputy of its system, and officers. */
function mayKnow({ system }: Recorded, who: Known): boolean {
  return who.officer || isTheirs({ system }, who);
}

function isTheirs({ system }: Pick<Recorded, 'system'>, who: Known): boolean {
  return system.contactId === who.id || system.deputyId === who.id;
}

function drawn(filings: Filings, checked: Checked, who: Known, today: string): KnownBlock[] {
  if (checked.is === 'refused') {
    const { claimed, reason, text } = checked;
    const mends = claimed && isTheirs(claimed, who) ? buttons(filings, claimed, who, today) : [];
    const official =
      reason === 'NOT_A_LICENCE' ? [context('공식 발급기로 만든 파일이면 관리자에게 문의하십시오.')] : [];
    return [section(`✖ ${text}`), ...official, ...mends];
  }
  if (checked.is === 'forged') {
    const { number } = checked.recorded;
    return [section(`✖ ${FORGED}`), lines([{ label: '라이선스 번호', text: number }])];
  }
  const { recorded } = checked;
  if (!recorded) {
    return [
      section('⚠ 서명은 맞지만 발급 대장에 없는 라이선스입니다. 쓰지 말고 표준API 관리자에게 확인하십시오.'),
      lines([{ label: '라이선스 번호', text: checked.is === 'genuine' ? checked.payload.number : '' }]),
    ];
  }
  const { head, next } = standing(recorded, today);
  const genuine =
    checked.is === 'genuine'
      ? '보급봇이 발급한 그대로입니다.'
      : `${OFFICIAL_FILE}입니다. 승인할 때 기록한 파일과 같습니다. 파일의 내용은 보급봇이 확인하지 못합니다.`;
  const rows: Labelled[] = [{ label: '라이선스', text: licenceName(recorded) }];
  if (!mayKnow(recorded, who)) {
    return [section(head), section(genuine), lines(rows), section(`▶ ${next}`)];
  }
  const { system } = recorded;
  const payload = recorded.payload as Partial<LicencePayload>;
  return [
    section(head),
    section(genuine),
    lines([
      ...rows,
      { label: '시스템명', text: system.name },
      { label: '발급일', text: koreanDate(seoulDay(recorded.issuedAt)) },
      { label: '유효기간', text: validity(recorded) },
      ...hostRows(payload),
    ]),
    section(`▶ ${next}`),
    ...chainBlocks(chainLines(linked(system.licences), today)),
    ...(isTheirs(recorded, who) ? buttons(filings, recorded, who, today) : []),
  ];
}

/** The newest licences of the system; nothing when the checked one is its only one. */
function chainBlocks(chain: readonly Labelled[]): KnownBlock[] {
  if (chain.length <= 1) return [];
  const cut = chain.length > CHAIN_SHOWN ? `최근 ${CHAIN_SHOWN}건만 보입니다.` : '';
  return [lines([{ label: '라이선스 이력', text: cut }, ...chain.slice(-CHAIN_SHOWN)])];
}

/** The servers of a licence, masked because messages show no addresses; two servers can still be told apart. */
function hostRows({ hosts = [] }: Partial<LicencePayload>): Labelled[] {
  const ips = hosts.flatMap(({ ip }) => ip ?? []);
  const domains = [...new Set(hosts.flatMap(({ domain }) => domain ?? []))];
  return [
    { label: '서버 IP', text: firstOf(ips.map(maskIp)) },
    ...(domains.length > 0 ? [{ label: '도메인', text: firstOf(domains) }] : []),
  ];
}

function firstOf(values: readonly string[]): string {
  const rest = values.length - HOSTS_SHOWN;
  return `${values.slice(0, HOSTS_SHOWN).join(', ')}${rest > 0 ? ` 외 ${rest}개` : ''}`;
}

function standing(recorded: Recorded, today: string): { head: string; next: string } {
  const { expiresOn, kind } = recorded;
  const end = endOf(recorded);
  if (end?.how === 'revoked') {
    return {
      head: `✖ ${koreanDate(seoulDay(end.at))} 폐지된 라이선스입니다.`,
      next: '서버에서 지우십시오.',
    };
  }
  if (end) {
    const by = linked(recorded.system.licences).find(({ licence }) => licence.id === recorded.id)?.by;
    return {
      head: `✖ ${koreanDate(seoulDay(end.at))} 새 라이선스로 바뀐 라이선스입니다.${by ? ` (교체: ${by.number})` : ''}`,
      next: '새 라이선스를 내려받아 서버의 파일과 바꾸십시오.',
    };
  }
  if (expiresOn !== null && expiresOn < today) {
    return {
      head: `✖ 유효기간이 지난 임시라이선스입니다. (${koreanDate(expiresOn)}까지)`,
      next: '시험을 마쳤으면 적용결과표를 제출하고, 아직이면 임시라이선스 재발급을 요청하십시오.',
    };
  }
  return kind === 'TEMPORARY'
    ? { head: '✔ 쓸 수 있는 임시라이선스입니다.', next: '시험을 마치면 적용결과표를 제출하십시오.' }
    : { head: '✔ 쓸 수 있는 정상라이선스입니다.', next: '서버 IP나 도메인이 바뀌면 재발급을 요청하십시오.' };
}

/** Buttons that solve the problem: 다운로드 of the licence in force, the report, a reissue. */
function buttons(filings: Filings, { system }: Recorded, who: Known, today: string): KnownBlock[] {
  const { licence, awaitsReport } = systemStanding(system, today);
  const mends = [
    ...(licence ? [button(DOWNLOAD, '다운로드', { value: system.id })] : []),
    ...(awaitsReport && system.contactId === who.id
      ? [button(REPORT, '적용결과표 제출', { value: system.id })]
      : []),
    ...systemButtons(filings, system, who, today).filter(({ action_id }) => /reissue/i.test(action_id ?? '')),
  ];
  return mends.length > 0 ? [actions(...mends)] : [];
}
