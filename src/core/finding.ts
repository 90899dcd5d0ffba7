/** The result of an automatic check. Officers read it before the answers. */
export interface Finding {
  level: 'ok' | 'look' | 'stop';
  text: string;
  /** What is said instead outside the review, where no reading is recorded. Without it, the same text, masked. */
  outside?: string;
}
