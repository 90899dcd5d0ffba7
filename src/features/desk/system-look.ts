import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { maskEmail, maskPhone } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { letterButtons, systemButtons } from '../../filing/begin-buttons.ts';
import { REVIEW } from '../../filing/card.ts';
import { cameBy, type Filings, getProcedure } from '../../filing/procedure.ts';
import { stateLabel } from '../../filing/standing.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  type Labelled,
  lines,
  modal,
  section,
  title,
} from '../../messenger/blocks.ts';
import { describeSystem } from '../../procedures/application/profile.ts';
import { chainLines, linked } from '../../records/licences/chain.ts';
import { serverCertificateLines } from '../../records/systems/server-certificate-store.ts';
import type { Person } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { RECEIVED } from '../surveys/by-mail-view.ts';
import { unchangedOf } from '../surveys/entered.ts';
import { staffLines } from '../systems/deputy-slack.ts';
import { LOOK_AT_PERSON } from './search-view.ts';

/** Callback id of the details of a system and of a person; one replaces the other in the same window. */
export const LOOKED_AT = 'desk.looked';

/** How many of the newest filings and licences are listed; a line says that there are older ones. */
const FILINGS = 30;
const LICENCES = 20;

/**
 * 시스템 상세 for officers: licences, filings, and the contact, masked. The caller records the reading.
 * @throws Refusal
 */
export async function systemLook(
  registry: Pick<Filings, 'procedures' | 'now'>,
  tx: Tx,
  who: Known,
  systemId: string,
): Promise<ModalView> {
  const [system, total, described] = await Promise.all([
    tx.system.findUnique({
      where: { id: systemId },
      include: {
        agency: true,
        contact: true,
        deputy: true,
        licences: true,
        filings: { orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }], take: FILINGS },
      },
    }),
    tx.filing.count({ where: { systemId } }),
    describeSystem(tx, systemId),
  ]);
  if (!system) throw new Refusal('시스템을 찾을 수 없습니다.', '‘찾기’에서 다시 찾으십시오.');
  const today = seoulDay(registry.now());
  const all = linked(system.licences);
  const chain = all.slice(-LICENCES);
  const begin = systemButtons(registry, system, who, today);
  const letters = who.officer ? letterButtons(registry, system) : [];
  return modal({
    callbackId: LOOKED_AT,
    title: '시스템 상세',
    blocks: [
      header(system.name),
      lines([
        { label: '소속기관', text: `${system.agency.name} (${system.agency.code})` },
        ...(described?.userAgency ? [{ label: '이용기관', text: described.userAgency }] : []),
        { label: '등록일', text: koreanDate(seoulDay(system.createdAt)) },
        ...(system.retiredAt
          ? [{ label: '상태', text: `미사용 (${koreanDate(seoulDay(system.retiredAt))})` }]
          : []),
        ...(system.serviceOn ? [{ label: '서비스 개시예정일', text: koreanDate(system.serviceOn) }] : []),
        ...(system.scvp ? [{ label: '통합검증(SCVP)', text: '이용' }] : []),
        { label: 'IP 주소', text: system.serverIps.join(', ') || '(없음)' },
        ...staffLines(system),
        { label: '담당자 연락처', text: reachLine(system.contact) },
      ]),
      actions(
        button(LOOK_AT_PERSON, '담당자 보기', { value: system.contactId }),
        ...(system.deputyId
          ? [button(`${LOOK_AT_PERSON}.deputy`, '부담당자 보기', { value: system.deputyId })]
          : []),
        ...begin,
      ),
      ...(letters.length > 0
        ? [
            context(
              '담당자가 메신저를 쓰지 않는 시스템입니다. 공문이나 메일로 받은 것은 여기에서 접수합니다.',
            ),
            actions(...letters),
          ]
        : []),
      divider,
      title('라이선스 이력'),
      ...(chain.length > 0 ? [lines(chainLines(chain, today))] : [context('발급된 라이선스가 없습니다.')]),
      ...(all.length > chain.length ? [context(`최근 ${chain.length}건만 보입니다.`)] : []),
      ...certificatePart(await serverCertificateLines(tx, system.id, registry.now())),
      ...(await surveyPart(tx, system.id)),
      divider,
      title(`신청 ${total}건`),
      ...system.filings.map((filing) => {
        const procedure = getProcedure(registry, filing.procedure);
        const how = filing.channel === 'PAPER' ? `${cameBy(procedure)} 접수` : '제출';
        return section(
          `${procedure.title} · ${stateLabel(filing, procedure)}\n${filing.number} · ${how} ${koreanDate(seoulDay(filing.submittedAt))}`,
          button(REVIEW, '검토', { value: filing.id }),
        );
      }),
      ...(total > system.filings.length ? [context(`최근 ${system.filings.length}건만 보입니다.`)] : []),
    ],
  });
}

const certificatePart = (rows: readonly Labelled[]): KnownBlock[] => (rows.length > 0 ? [lines(rows)] : []);

/** 변동 없음 in the newest surveys, and the mail that it came with; other answers are filings, listed below. */
async function surveyPart(tx: Tx, systemId: string): Promise<KnownBlock[]> {
  const unchanged = await unchangedOf(tx, systemId);
  if (unchanged.length === 0) return [];
  return [
    divider,
    title('이용현황조사'),
    ...unchanged.map(({ round, at, how, file }) =>
      section(
        `${round.name}: 변동 없음 · ${koreanDate(seoulDay(at))} · ${how}`,
        file ? button(RECEIVED, '받은 문서 열기', { value: `${round.id}:${systemId}` }) : undefined,
      ),
    ),
  ];
}

/** Telephone and mail, masked. */
export function reachLine({ phone, mobile, email }: Pick<Person, 'phone' | 'mobile' | 'email'>): string {
  const ways = [phone && maskPhone(phone), mobile && maskPhone(mobile), email && maskEmail(email)];
  return ways.filter(Boolean).join(' · ') || '(없음)';
}
