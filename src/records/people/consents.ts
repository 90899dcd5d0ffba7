import type { Operation } from '../../store/operation.ts';

/** What a person agrees to, in the words that were shown. */
interface ConsentText {
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
  await tx.consent.createMany({
    data: texts.map(({ kind, version, text }) => ({ personId, kind, version, text, agreedAt: now })),
  });
}

export const consentLabels: Record<string, string> = {
  privacy: '개인정보 수집 및 이용에 대한 동의',
  terms: '표준API 이용 약관 동의',
};
