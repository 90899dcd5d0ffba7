import type { Button, KnownBlock } from '@slack/types';
import { koreanDate } from '../../core/calendar.ts';
import { BEGIN_PROCEDURE, systemButtons } from '../../filing/begin-buttons.ts';
import { REPORT, SYSTEM_DETAIL } from '../../filing/buttons.ts';
import { getProcedure, type Registry } from '../../filing/procedure.ts';
import { stateLabel } from '../../filing/standing.ts';
import { actions, button, type Labelled, lines } from '../../messenger/blocks.ts';
import { anyOf, LIVING, RETURNED } from '../../records/filings/states.ts';
import { nextLicenceFiling, type SystemWithLife, systemStanding } from '../../records/systems/standing.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { DOWNLOAD } from '../licences/download-slack.ts';
import { OF_SYSTEM } from '../modules/fetch.ts';
import { SERVER_CERTIFICATE } from '../systems/server-certificate-slack.ts';
import type { Offer } from './knowledge/offer.ts';

/** Systems in use whose contact or deputy this person is, the newest first. */
export function mySystems(tx: Tx, who: Known, most = 50): Promise<SystemWithLife[]> {
  return tx.system.findMany({
    where: {
      retiredAt: null,
      OR: [{ contactId: who.id }, { deputyId: who.id }],
      filings: { some: { state: anyOf(LIVING) } },
    },
    include: { filings: true, licences: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: most,
  });
}

/** The state of a system, with those of the offered buttons that work now. It adds no addresses: messages show none. */
export function systemPart(
  registry: Registry,
  system: SystemWithLife,
  { who, today }: { who: Known; today: string },
  offers: readonly Offer[],
  more: readonly Labelled[] = [],
): KnownBlock[] {
  const { filing, licenceText, expired } = systemStanding(system, today);
  const state = filing ? stateLabel(filing, getProcedure(registry, filing.procedure)) : null;
  const buttons = offers.flatMap((offer) => buttonFor(registry, system, who, today, offer));
  return [
    lines([
      { label: '시스템명', text: system.name },
      ...(filing
        ? [{ label: '상태', text: `${getProcedure(registry, filing.procedure).title} ${state ?? ''}` }]
        : []),
      ...(licenceText ? [{ label: '라이선스', text: `${licenceText}${expired ? ' (지남)' : ''}` }] : []),
      ...deadlineOf(registry, system, who, today),
      ...more,
    ]),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
}

/** The system's next deadline, where one is known. */
function deadlineOf(registry: Registry, system: SystemWithLife, who: Known, today: string): Labelled[] {
  const { filing, licence, awaitsReport, expired } = systemStanding(system, today);
  const going = nextLicenceFiling(system);
  const returned = [filing, going].find((one) => one?.state === RETURNED);
  if (returned) {
    const procedure = getProcedure(registry, returned.procedure);
    const whose = returned.applicantId === who.id ? '' : '신청한 사람이 ';
    const text = `${procedure.document} ${stateLabel(returned, procedure)}: ${whose}고쳐서 다시 제출`;
    return [{ label: '할 일', text }];
  }
  if (licence?.kind !== 'TEMPORARY' || !licence.expiresOn || !awaitsReport) return [];
  if (expired && going) return [];
  const whose = system.contactId === who.id ? '' : '담당자가 ';
  return [
    {
      label: '할 일',
      text: expired
        ? `${whose}적용결과표 제출 또는 임시라이선스 재발급 요청 (임시라이선스가 ${koreanDate(licence.expiresOn)}에 끝났습니다)`
        : `${koreanDate(licence.expiresOn)}까지 ${whose}적용결과표 제출`,
    },
  ];
}

function buttonFor(
  registry: Registry,
  system: SystemWithLife,
  who: Known,
  today: string,
  offer: Offer,
): Button[] {
  const { licence, awaitsReport } = systemStanding(system, today);
  const value = system.id;
  if (offer.startsWith('begin:')) {
    const action = `${BEGIN_PROCEDURE}.${offer.slice('begin:'.length)}`;
    return systemButtons(registry, system, who, today).filter((one) => one.action_id === action);
  }
  switch (offer) {
    case 'REPORT':
      return awaitsReport && system.contactId === who.id
        ? [button(REPORT, '적용결과표 제출', { value, style: 'primary' })]
        : [];
    case 'DOWNLOAD':
      return licence ? [button(DOWNLOAD, '라이선스 다운로드', { value })] : [];
    case 'MODULE':
      return system.licences.some(({ moduleId }) => moduleId)
        ? [button(OF_SYSTEM, '모듈 받기', { value })]
        : [];
    case 'CERTIFICATE':
      return [button(SERVER_CERTIFICATE, '서버용 인증서 등록', { value })];
    default:
      return [button(SYSTEM_DETAIL, '상세', { value })];
  }
}
