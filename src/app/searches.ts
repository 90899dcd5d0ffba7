import type { WizardParts } from '../filing/wizard-slack.ts';
import type { AgencyDirectory } from '../records/people/agency-directory.ts';
import {
  searchColleagues,
  searchContacts,
  searchPeople,
  searchRespondents,
} from '../records/people/search-people.ts';
import {
  searchAgencySystems,
  searchOwnSystems,
  searchReportable,
  searchSystems,
} from '../records/systems/search-systems.ts';
import type { Db } from '../store/store.ts';

/** The search functions behind the search fields of forms, one for each source. */
export function searches(db: Db, directory: AgencyDirectory): WizardParts['search'] {
  return {
    agency: async (typed) => directory.search(typed),
    person: (typed, who) => searchPeople(db, who, typed),
    colleague: (typed, who) => searchColleagues(db, who, typed),
    contact: (typed, who) => searchContacts(db, who, typed),
    respondent: (typed, who) => searchRespondents(db, who, typed),
    system: (typed, who) => searchSystems(db, who, typed),
    ownSystem: (typed, who) => searchOwnSystems(db, who, typed),
    reportable: (typed, who) => searchReportable(db, who, typed),
    agencySystem: (typed, who) => searchAgencySystems(db, who, typed),
  };
}
