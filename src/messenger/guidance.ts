/** A text that is shown instead of a form: why the form is not the right one, and what to do instead. */
export interface Guidance {
  title: string;
  lines: string[];
  /** Whether the draft is kept, so that the person can continue it later. */
  keepsDraft?: true;
  /** Buttons for what the person can do at once. */
  buttons?: { action: string; label: string; value?: string }[];
}
