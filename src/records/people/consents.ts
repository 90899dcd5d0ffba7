import { v7 as uuid7 } from 'uuid';
import { type Consent, Prisma } from '../../store/client/client.ts';
import { insertion } from '../../store/new-rows.ts';
import type { Operation } from '../../store/operation.ts';

/** What a person agrees to, in the words that were shown. */
export interface ConsentText {
  kind: string;
  version: string;
  text: string;
}

/** Stores each consent with its text and version. Every submission is a consent of its own. */
export async function keepConsents(
  { tx, now }: Operation,
  personId: string,
  texts: readonly ConsentText[],
): Promise<void> {
  await tx.$executeRaw`${consentsOf(personId, texts, now)}`;
}

/** SQL that does so. */
export function consentsOf(personId: string, texts: readonly ConsentText[], agreedAt: Date): Prisma.Sql {
  const rows = texts.map(
    ({ kind, version, text }): Consent => ({ id: uuid7(), personId, kind, version, text, agreedAt }),
  );
  return insertion('Consent', Prisma.ConsentScalarFieldEnum, rows);
}

export const consentLabels: Record<string, string> = {
  privacy: '개인정보 수집 및 이용에 대한 동의',
  terms: '표준API 이용 약관 동의',
};
