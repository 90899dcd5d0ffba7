import { z } from 'zod';

/** The normal form of a text, or the Korean sentence that refuses it. */
export type Parsed = { ok: true; value: string } | { ok: false; message: string };

/** A schema from such a rule. @param missing refuses what is no text */
export function rule(parse: (typed: string) => Parsed, missing?: string): z.ZodType<string, string> {
  return z.string(missing ? { error: missing } : {}).transform((typed, context) => {
    const parsed = parse(typed);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', message: parsed.message, input: typed });
    return z.NEVER;
  });
}
