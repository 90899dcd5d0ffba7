import type { Dict } from './json.ts';

/** A call that Slack refuses: its error code, and further fields of the answer. */
export class ApiRefusal extends Error {
  readonly code: string;
  readonly extra: Dict;

  constructor(code: string, extra: Dict = {}) {
    super(code);
    this.name = 'ApiRefusal';
    this.code = code;
    this.extra = extra;
  }

  /** A refusal of blocks: the problems are in `errors` and, with a mark, in `response_metadata.messages`. */
  static ofProblems(code: string, problems: readonly string[]): ApiRefusal {
    const messages = problems.map((problem) => `[ERROR] ${problem}`);
    const errors = code === 'invalid_blocks' ? { errors: [...problems] } : {};
    return new ApiRefusal(code, { ...errors, response_metadata: { messages } });
  }
}
