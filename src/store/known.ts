import type { Agency, Person } from './client/client.ts';

/** Who acts, as the database says at this click. */
export interface Known extends Person {
  agency: Agency | null;
  officer: boolean;
  /** Reads, exports and the audit trail only. */
  auditor: boolean;
}
