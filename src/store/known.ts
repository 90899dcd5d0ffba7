import type { Agency, Person } from './client/client.ts';

/** The person who acts, as read from the database at this click. */
export interface Known extends Person {
  agency: Agency | null;
  officer: boolean;
  /** May only read, export and see the audit trail. */
  auditor: boolean;
}
