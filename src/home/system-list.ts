import type { KnownBlock } from '@slack/types';
import { koreanDate, seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { DOWNLOAD } from '../features/licences/download-slack.ts';
import { AGAIN, FILING_DETAIL, REPORT, SYSTEM_DETAIL } from '../filing/buttons.ts';
import { CORRECT, withdrawButton } from '../filing/card.ts';
import { ASK_HELP } from '../filing/helper-ids.ts';
import { getProcedure, type Registry } from '../filing/procedure.ts';
import { standingOf, stateLabel } from '../filing/standing.ts';
import { openSteps, steps } from '../filing/steps.ts';
import { actions, button, divider, type Labelled, lines } from '../messenger/blocks.ts';
import { alert } from '../messenger/newer-blocks.ts';
import { REJECTED, RETURNED } from '../records/filings/states.ts';
import { licenceKindLabels } from '../records/licences/delivery.ts';
import { nextLicenceFiling, type SystemWithLife, systemStanding } from '../records/systems/standing.ts';
import type { Filing, Licence } from '../store/client/client.ts';
import { ending } from './ending.ts';

/** 통합검증 사용 시 우선순위 안내 (guide 1.3.1 ⑤). */
export const verificationLines = ({ scvp }: Pick<SystemWithLife, 'scvp'>): Labelled[] =>
  scvp ? [{ label: '검증방식 순위', text: 'CRL|IVS|OCSP (통합검증 SCVP 사용)' }] : [];

/** One of my systems: 시스템명, 등록일, 상태, and the buttons that work now (guide 1.3.1). */
export function systemBlocks(
  registry: Registry,
  system: SystemWithLife,
  personId: string,
  today: string,
): KnownBlock[] {
  const standing = systemStanding(system, today);
  const { filing, licenceText, expired, awaitsReport, licence } = standing;
  if (!filing) return [];
  const procedure = getProcedure(registry, filing.procedure);
  const isContact = system.contactId === personId;
  const label = system.retiredAt ? '미사용' : `${procedure.title} ${stateLabel(filing, procedure)}`;
  return [
    divider,
    lines([
      { label: '시스템명', text: `${system.name}${isContact ? '' : ' (부담당)'}` },
      { label: '등록일', text: koreanDate(seoulDay(system.createdAt)) },
      { label: '상태', text: label },
      ...(licenceText ? [{ label: '라이선스', text: licenceText }] : []),
      ...verificationLines(system),
      ...(awaitsReport && licence?.expiresOn
        ? [
            {
              label: '다음 할 일',
              text: `${isContact ? '' : '담당자가 '}적용결과표 제출: ${ending(dayNumber(licence.expiresOn) - dayNumber(today), licence.expiresOn)}`,
            },
          ]
        : []),
    ]),
    ...(expired && licence
      ? [alert('warning', expiredText(registry, system, { ...standing, licence }, isContact), 'small')]
      : []),
    actions(
      ...(awaitsReport && isContact
        ? [button(REPORT, '적용결과표 제출', { value: system.id, style: 'primary' })]
        : []),
      ...(licence ? [button(DOWNLOAD, '다운로드', { value: system.id })] : []),
      ...ownSteps(registry, filing, personId),
      button(SYSTEM_DETAIL, '상세', { value: system.id }),
    ),
  ];
}

/** What is to be done about a licence whose day is over, by whom; or the state of what is being done. */
function expiredText(
  registry: Registry,
  system: SystemWithLife,
  { licence, awaitsReport }: { licence: Licence; awaitsReport: boolean },
  isContact: boolean,
): string {
  const head = `${licenceKindLabels[licence.kind]}의 유효기간이 지났습니다.`;
  if (licence.kind === 'REGULAR') return `${head} 표준API 관리자에게 문의하십시오.`;
  const going = nextLicenceFiling(system);
  if (going) {
    const procedure = getProcedure(registry, going.procedure);
    return `${head} ${procedure.document}: ${stateLabel(going, procedure)}`;
  }
  if (!awaitsReport) return head;
  return isContact
    ? `${head} 시험을 마쳤으면 적용결과표를 제출하고, 아직이면 ‘상세’에서 임시라이선스 재발급을 요청하십시오.`
    : `${head} 담당자가 적용결과표를 제출하거나 임시라이선스 재발급을 요청해야 합니다.`;
}

/** A filing that belongs to no system: a 사용자 등록 that is not approved yet. */
export function filingBlocks(registry: Registry, filing: Filing, personId: string): KnownBlock[] {
  const procedure = getProcedure(registry, filing.procedure);
  return [
    divider,
    lines([
      { label: procedure.title, text: filing.title },
      { label: '등록일', text: koreanDate(seoulDay(filing.submittedAt)) },
      { label: '상태', text: stateLabel(filing, procedure) },
    ]),
    actions(
      ...ownSteps(registry, filing, personId),
      ...(procedure.again && filing.state === REJECTED
        ? [button(AGAIN, '이 내용으로 새로 신청', { value: filing.id })]
        : []),
      button(FILING_DETAIL, '상세', { value: filing.id }),
    ),
  ];
}

function ownSteps(registry: Registry, filing: Filing, personId: string) {
  const procedure = getProcedure(registry, filing.procedure);
  const open = openSteps(standingOf(filing, procedure), { id: personId, officer: false });
  const buttons = open.map((verb) =>
    verb === 'filing.withdraw'
      ? withdrawButton(filing.id, filing.title)
      : button(CORRECT, steps[verb].label, { value: filing.id }),
  );
  const helpable = procedure.helpable && filing.state === RETURNED && open.length > 0;
  return helpable
    ? [...buttons, button(ASK_HELP, '작성 도움 요청', { value: `filing:${filing.id}` })]
    : buttons;
}
