import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { maskCn, maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { BEGIN_PROCEDURE } from '../../filing/begin-buttons.ts';
import { REVIEW } from '../../filing/card.ts';
import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { stateLabel } from '../../filing/standing.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  lines,
  modal,
  section,
  title,
} from '../../messenger/blocks.ts';
import { roleLabels } from '../../procedures/role-change/role-change.ts';
import { labelled } from '../../records/people/search-people.ts';
import type { Tx } from '../../store/store.ts';
import { LOOK_AT_SYSTEM } from './search-view.ts';
import { LOOKED_AT, reachLine } from './system-look.ts';

const SYSTEMS = 20;
const FILINGS = 10;

/**
 * Details of a person for officers, with their systems; personal data is masked. The caller records the reading.
 * @throws Refusal
 */
export async function personLook(
  registry: Pick<Filings, 'procedures'>,
  tx: Tx,
  personId: string,
): Promise<ModalView> {
  const inCharge = { OR: [{ contactId: personId }, { deputyId: personId }] };
  const [person, systemCount, systems, filings] = await Promise.all([
    tx.person.findUnique({
      where: { id: personId },
      include: { ...labelled, grants: { where: { endedAt: null } } },
    }),
    tx.system.count({ where: inCharge }),
    tx.system.findMany({
      where: inCharge,
      include: { agency: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: SYSTEMS,
    }),
    tx.filing.findMany({
      where: { applicantId: personId },
      orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
      take: FILINGS,
    }),
  ]);
  if (!person) throw new Refusal('사람을 찾을 수 없습니다.', '‘찾기’에서 다시 찾으십시오.');
  const cn = person.certificates[0]?.cn;
  const begin = [...registry.procedures.values()].flatMap(({ name, onPerson }) =>
    onPerson ? [button(`${BEGIN_PROCEDURE}.${name}`, onPerson.label, { value: `person:${person.id}` })] : [],
  );
  return modal({
    callbackId: LOOKED_AT,
    title: '사람',
    blocks: [
      header(person.name ? maskName(person.name) : '이름 없음'),
      lines([
        {
          label: '소속',
          text: [person.agency?.name, person.department].filter(Boolean).join(' ') || '(없음)',
        },
        { label: '직위(직급)', text: person.position || '(없음)' },
        { label: '연락처', text: reachLine(person) },
        ...(cn ? [{ label: '인증서 CN', text: maskCn(cn) }] : []),
        {
          label: '사용자 등록',
          text: person.registeredAt ? koreanDate(seoulDay(person.registeredAt)) : '없음',
        },
        ...(person.deactivatedAt
          ? [{ label: '계정', text: `⚠ 비활성화 (${koreanDate(seoulDay(person.deactivatedAt))})` }]
          : [{ label: '계정', text: person.slackId ? '메신저' : '없음 (이메일로 안내)' }]),
        ...(person.grants.length > 0
          ? [{ label: '권한', text: person.grants.map(({ role }) => roleLabels[role]).join(', ') }]
          : []),
      ]),
      ...(begin.length > 0 && systemCount > 0 ? [actions(...begin)] : []),
      divider,
      title(`담당하는 시스템 ${systemCount}건`),
      ...systems.map(({ id, name, agency, deputyId, retiredAt }) => {
        const marks = [agency.name, deputyId === personId && '부담당', retiredAt && '미사용'];
        return section(
          `${name}\n${marks.filter(Boolean).join(' · ')}`,
          button(LOOK_AT_SYSTEM, '시스템 상세', { value: id }),
        );
      }),
      ...(systemCount > systems.length ? [context(`최근 ${systems.length}건만 보입니다.`)] : []),
      ...(filings.length > 0 ? [divider, title('최근 신청')] : []),
      ...filings.map((filing): KnownBlock => {
        const procedure = getProcedure(registry, filing.procedure);
        return section(
          `${procedure.title} · ${filing.title}\n${filing.number} · ${stateLabel(filing, procedure)}`,
          button(REVIEW, '검토', { value: filing.id }),
        );
      }),
    ],
  });
}
