import { z } from 'zod';
import { maskIp, maskName, maskPhone } from '../../core/mask.ts';
import type { Labelled } from '../../messenger/blocks.ts';
import { inForce } from '../../records/in-force.ts';
import { boundHost } from '../../records/licences/hosts.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** Registered data of a system, for the person to confirm that nothing has changed. */
export interface Registered {
  systemId: string;
  person: string | null;
  department: string | null;
  mobile: string | null;
  ips: string[];
  hosts: string[];
  domains: string[];
}

const bound = z.array(boundHost).catch([]);
/** How many addresses or names of a kind are shown; the others are counted. */
const SHOWN = 4;

/** Registered data by system id. Hosts and domains come from the licence in force, a regular one before a temporary. */
async function registeredOf(tx: Tx, systemIds: readonly string[]): Promise<Map<string, Registered>> {
  if (systemIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Omit<Registered, 'hosts' | 'domains'> & { bound: unknown })[]>(Prisma.sql`
    SELECT s.id AS "systemId", c.name AS person, c.department, c.mobile, s."serverIps" AS ips,
      (SELECT l.payload -> 'hosts' FROM "Licence" l WHERE l."systemId" = s.id AND ${inForce('l')}
        ORDER BY l.kind DESC LIMIT 1) AS bound
    FROM "System" s JOIN "Person" c ON c.id = s."contactId" WHERE s.id = ANY(${systemIds}::text[])`);
  return new Map(
    rows.map(({ bound: stored, ips, ...row }) => {
      const hosts = bound.parse(stored ?? []);
      const all = (part: 'host' | 'domain') => [...new Set(hosts.flatMap((host) => host[part] ?? []))];
      return [row.systemId, { ...row, ips: ips ?? [], hosts: all('host'), domains: all('domain') }];
    }),
  );
}

/** The systems, each with its registered data. */
export async function withRegistered<T extends { systemId: string }>(
  tx: Tx,
  systems: readonly T[],
): Promise<(T & { registered: Registered | undefined })[]> {
  const found = await registeredOf(
    tx,
    systems.map(({ systemId }) => systemId),
  );
  return systems.map((system) => ({ ...system, registered: found.get(system.systemId) }));
}

/**
 * 확인할 내용: the registered data as lines.
 * @param whole true: in full, for a window of the contact; false: for messages, mails and other people, with names,
 *   numbers and addresses masked and host names counted
 */
export function registeredLines(
  { person, department, mobile, ips, hosts, domains }: Registered,
  whole: boolean,
): Labelled[] {
  const masked = (value: string | null, mask: (text: string) => string) =>
    value && (whole ? value : mask(value));
  const contact = [masked(person, maskName), department, masked(mobile, maskPhone)];
  const names = whole ? listed(hosts) : hosts.length > 0 ? `${hosts.length}대` : '';
  return [
    { label: '담당자', text: contact.filter(Boolean).join(' · ') || '(없음)' },
    { label: '서버 IP', text: listed(ips.map((ip) => (whole ? ip : maskIp(ip)))) || '(없음)' },
    ...(names ? [{ label: 'HOST', text: names }] : []),
    ...(domains.length > 0 ? [{ label: '도메인', text: listed(domains) }] : []),
  ];
}

function listed(values: readonly string[]): string {
  const rest = values.length - SHOWN;
  return [...values.slice(0, SHOWN), ...(rest > 0 ? [`외 ${rest}개`] : [])].join(', ');
}
