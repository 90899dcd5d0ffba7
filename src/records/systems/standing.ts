import type { Filing, Licence, System } from '../../store/client/client.ts';
import { PROCEDURE } from '../filings/procedure-name.ts';
import { isLiving, isOpen, WITHDRAWN } from '../filings/states.ts';
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
