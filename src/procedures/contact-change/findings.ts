import type { Finding } from '../../core/finding.ts';
import { namedSystems } from '../../records/systems/named-systems.ts';
import type { Tx } from '../../store/store.ts';

/** What officers read about systems that change contact: from whom to whom, which systems, and anything unusual. */
export async function moveFindings(
  tx: Tx,
  systemIds: readonly string[],
  from: readonly string[],
  to: string,
): Promise<Finding[]> {
  const ids = [...systemIds];
  const [former, next, { total, names }, elsewhere, agencies] = await Promise.all([
    Promise.all(from.map((id) => personIn(tx, id))),
    personIn(tx, to),
    namedSystems(tx, ids),
    tx.system.count({
      where: { id: { in: ids }, OR: [{ contactId: { notIn: [...from, to] } }, { retiredAt: { not: null } }] },
    }),
    tx.system.findMany({
      where: { id: { in: ids } },
      select: { agencyCode: true },
      distinct: ['agencyCode'],
    }),
  ]);
  const more = total > names.length ? ` 외 ${total - names.length}개` : '';
  const found: Finding[] = [
    ...former.map((old): Finding => ({ level: 'ok', text: `변경 전 담당자: ${described(old)}` })),
    { level: 'ok', text: `변경 후 담당자: ${described(next)}` },
    total > 0
      ? { level: 'ok', text: `대상시스템 ${total}개: ${names.join(', ')}${more}` }
      : { level: 'stop', text: '옮길 시스템이 없습니다.' },
  ];
  if (elsewhere > 0)
    found.push({
      level: 'stop',
      text: `그사이 담당자가 바뀌었거나 미사용으로 처리된 시스템이 ${elsewhere}개 있습니다.`,
    });
  if (!next?.registeredAt || next.deactivatedAt)
    found.push({ level: 'stop', text: '새 담당자가 등록되지 않았거나 비활성화된 사용자입니다.' });
  if (agencies.some(({ agencyCode }) => agencyCode !== next?.agencyCode))
    found.push({
      level: 'look',
      text: '새 담당자의 소속기관이 시스템의 기관과 다릅니다. 시스템은 기관에 남으므로 확인하십시오.',
    });
  return found;
}

function personIn(tx: Tx, id: string) {
  return tx.person.findUnique({ where: { id }, include: { agency: true } });
}

/** Not masked: only the review shows it, and its reading is recorded. */
function described(person: Awaited<ReturnType<typeof personIn>>): string {
  if (!person) return '(찾을 수 없음)';
  const { agency, department, name, position, deactivatedAt } = person;
  const words = [agency?.name, department, name, position].filter(Boolean).join(' ');
  return `${words || '(이름 없음)'}${deactivatedAt ? ' (비활성화된 사용자)' : ''}`;
}
