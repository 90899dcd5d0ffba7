import type { ProcedureName } from '../../../records/filings/procedure-name.ts';

/** A button that an answer may show next to a system: one of these, or a procedure by name. */
export type Offer = 'REPORT' | 'DOWNLOAD' | 'MODULE' | 'CERTIFICATE' | 'DETAIL' | `begin:${ProcedureName}`;
