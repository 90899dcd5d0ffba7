/** Words in place of a form: why it is not this one, and what can be done instead. */
export interface Guidance {
  title: string;
  lines: string[];
  /** What was typed stays, and is gone on with later. */
  keepsDraft?: true;
  /** What can be done there and then. */
  buttons?: { action: string; label: string; value?: string }[];
}
