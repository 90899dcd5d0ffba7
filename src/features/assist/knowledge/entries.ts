import { applying } from './applying.ts';
import { certificates } from './certificates.ts';
import { changes } from './changes.ts';
import type { Entry } from './entry.ts';
import { formFields } from './form-fields.ts';
import { help } from './help.ts';
import { licences } from './licences.ts';
import { moreFields } from './more-fields.ts';
import { officers } from './officers.ts';
import { officersRecords } from './officers-records.ts';
import { oldSite } from './old-site.ts';
import { papers } from './papers.ts';
import { progress } from './progress.ts';
import { smalltalk } from './smalltalk.ts';

/** All built-in answers of the bot. FAQ and 자료실 are added at run time (library.ts). */
export const entries: readonly Entry[] = [
  ...applying,
  ...papers,
  ...formFields,
  ...moreFields,
  ...certificates,
  ...progress,
  ...licences,
  ...changes,
  ...help,
  ...oldSite,
  ...officers,
  ...officersRecords,
  ...smalltalk,
];
