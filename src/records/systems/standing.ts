import type { Filing, Licence, Prisma, System } from '../../store/client/client.ts';
import { PROCEDURE } from '../filings/procedure-name.ts';
import { isDropped, isLiving, isOpen, RETURNED, stateLabels, WITHDRAWN } from '../filings/states.ts';
import { currentLicence } from '../in-force.ts';
import { licenceName, validity } from '../licences/delivery.ts';

export type SystemWithLife = System & { filings: Filing[]; licences: Licence[] };

interface SystemStanding {
  /** The filing that decides the state: the newest open one, else the newest living one. */
  filing: Filing | null;
  licence: Licence | null;
  /** One line on the licence in force; null when there is none. */
  licenceText: string | null;
  expired: boolean;
  /** Whether a result report may be begun. */
  awaitsReport: boolean;
}

/** The state of a system, derived from its filings and licences. It is not stored. */
export function systemStanding(system: SystemWithLife, today: string): SystemStanding {
  const living = system.filings
    .filter((filing) => filing.state !== WITHDRAWN)
    .sort((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime() || (a.number < b.number ? 1 : -1));
  const licence = currentLicence(system.licences);
  const expired = licence?.expiresOn ? licence.expiresOn < today : false;
  const reported = living.some((filing) => filing.procedure === PROCEDURE.resultReport && isLiving(filing));
  const waiting = living.find(isOpen);
  return {
    filing: waiting ?? living[0] ?? null,
    licence,
    licenceText: licence ? `${licenceName(licence)} · ${validity(licence)}` : null,
    expired,
    awaitsReport: !system.retiredAt && licence !== null && !reported,
  };
}

/** What brings another licence after a temporary one. */
const NEXT_LICENCE: readonly string[] = [PROCEDURE.resultReport, PROCEDURE.temporaryReissue];

/** The open filing that brings the system its next licence. While there is one, none is asked for. */
export function nextLicenceFiling({ filings }: Pick<SystemWithLife, 'filings'>): Filing | undefined {
  return filings.find((one) => NEXT_LICENCE.includes(one.procedure) && isOpen(one));
}

/** What systemState needs of a system, the newest filing first. */
export const withState = {
  licences: true,
  filings: {
    where: { procedure: { in: [PROCEDURE.application, PROCEDURE.resultReport, PROCEDURE.temporaryReissue] } },
    orderBy: { submittedAt: 'desc' },
    select: { procedure: true, state: true, revision: true, approvedRevision: true },
  },
} satisfies Prisma.SystemInclude;

type WithState = Prisma.SystemGetPayload<{ include: typeof withState }>;

/** The state of a system in one word, for lists. */
export function systemState({ retiredAt, licences, filings }: WithState, today: string): string {
  if (retiredAt) return '미사용';
  const report = filings.find(
    (one) => one.procedure === PROCEDURE.resultReport && one.approvedRevision !== null,
  );
  if (report?.state === RETURNED && report.approvedRevision === report.revision) return '승인취소';
  const licence = currentLicence(licences);
  if (licence?.kind === 'REGULAR') return '승인완료';
  if (licence?.expiresOn && licence.expiresOn < today) return '임시라이선스 만료';
  if (licence) return '임시라이선스';
  if (filings.some(isOpen)) return '신청중';
  if (licences.length > 0) return '라이선스 폐지';
  const [newest] = filings;
  return newest && isDropped(newest) ? stateLabels[newest.state] : '신청중';
}
