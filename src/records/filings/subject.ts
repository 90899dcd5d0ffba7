/**
 * What a draft or a filing is about: nothing yet, an earlier filing to change, a system, or a person. The prefix
 * `paper` means that an officer enters what came with a 공문.
 */
export type Subject =
  | ''
  | `filing:${string}`
  | `system:${string}`
  | `survey:${string}`
  | `person:${string}`
  | 'paper'
  | `paper:system:${string}`
  /** A finished draft: its answers are kept until the document made of them is sent. */
  | `ready:${string}`;

type ParsedSubject =
  | { kind: 'nothing'; paper: boolean }
  | { kind: 'system'; id: string; paper: boolean }
  | { kind: 'filing' | 'survey' | 'person' | 'ready'; id: string; paper: false };

/** Reads a subject that is stored or that a button carries. An invalid one is about nothing. */
export function parseSubject(subject: string): ParsedSubject {
  const [, paper, text = ''] = /^(paper(?=:|$):?)?(.*)$/.exec(subject) ?? [];
  const [, kind, id = ''] = /^(filing|system|survey|person|ready):(.+)$/.exec(text) ?? [];
  if (kind === 'system') return { kind, id, paper: paper !== undefined };
  if (paper !== undefined) return { kind: 'nothing', paper: true };
  if (kind === 'filing' || kind === 'survey' || kind === 'person' || kind === 'ready')
    return { kind, id, paper: false };
  return { kind: 'nothing', paper: false };
}

/** Id of the filing to change. */
export function filingIdOf(subject: string): string | null {
  const parsed = parseSubject(subject);
  return parsed.kind === 'filing' ? parsed.id : null;
}

/** Id of the system, entered from paper or not; empty when there is none. */
export function systemIdOf(subject: string): string {
  const parsed = parseSubject(subject);
  return parsed.kind === 'system' ? parsed.id : '';
}

/** Id of the person; empty when there is none. */
export function personIdOf(subject: string): string {
  const parsed = parseSubject(subject);
  return parsed.kind === 'person' ? parsed.id : '';
}
