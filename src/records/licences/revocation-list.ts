import { z } from 'zod';

/** The file format `bogeup-revocations/1`: licence numbers only, nothing about people or servers. */
export const revocationList = z.strictObject({
  format: z.literal('bogeup-revocations/1'),
  issuedAt: z.iso.datetime(),
  nextUpdate: z.iso.datetime(),
  entries: z.array(
    z.strictObject({
      number: z.string().max(40),
      since: z.iso.datetime(),
      why: z.enum(['superseded', 'revoked']),
      /** The licence that superseded it; null where none did. */
      by: z.string().max(40).nullable(),
    }),
  ),
});

export type RevocationList = z.infer<typeof revocationList>;

/**
 * What a list says about a licence: no longer valid, valid, or nothing, when the list is older than the licence or
 * out of date.
 */
export function standingIn(
  list: RevocationList,
  licence: { number: string; issuedAt: string },
  now: Date,
): { standing: 'current' | 'superseded' | 'revoked' | 'unknown'; by: string | null } {
  const entry = list.entries.find(({ number }) => number === licence.number);
  if (entry) return { standing: entry.why, by: entry.by };
  const answers = list.issuedAt >= licence.issuedAt && now <= new Date(list.nextUpdate);
  return { standing: answers ? 'current' : 'unknown', by: null };
}
