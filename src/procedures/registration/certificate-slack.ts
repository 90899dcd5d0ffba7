import type { ModalView } from '@slack/types';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Begin } from '../../filing/wizard-slack.ts';
import type { OpenView, Outcome } from '../../messenger/click.ts';
import { chosenFiles, enteredIn } from '../../messenger/entered.ts';
import { type FileSource, fetchChosen } from '../../messenger/intake.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { answersOf } from '../../records/filings/revision.ts';
import { isPrivateKey, MAX_BYTES } from '../../records/pki/material.ts';
import { refusalTexts } from '../../records/pki/refusals.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { newChallenge } from './challenge.ts';
import { challengeView, PASTED, PROVE, provenView, SIGNATURE } from './challenge-view.ts';
import { findClaim, type Proof, proveIdentity } from './prove.ts';

/** The button: 인증서로 본인확인 before the registration, 인증서 등록 after it. */
export const PROVE_BEGIN = 'certificate.begin';

interface CertificateParts {
  filings: Filings;
  /** Null when TRUST_STORE is not set. */
  proof: Proof | null;
  files: FileSource;
  begin: Begin;
  refreshHome: (slackId: string) => void;
}

/** Proof of identity in the messenger: the challenge, the signature that comes back, and its result. */
export function registerCertificates(messenger: Messenger, parts: CertificateParts): void {
  const { filings, proof, files, begin, refreshHome } = parts;
  const { db } = filings;

  messenger.onAction(PROVE_BEGIN, async (click) => {
    const known = requireProof(proof);
    const claim = await findClaim(db, click.who);
    if (!claim) return begin(click, PROCEDURE.registration, ''); // there is no name yet for a certificate to prove
    await click.show(await ask(filings, known, click.who, click.place, claim.name));
  });

  messenger.onSubmit(PROVE, async ({ who, place, view }): Promise<Outcome> => {
    const { trust } = requireProof(proof);
    const challengeId = view.metadata.challenge ?? '';
    const late = async (problem: string) => {
      const challenge = await db.challenge.findFirst({ where: { id: challengeId, personId: who.id } });
      if (!challenge) throw new Refusal(problem, '‘인증서로 본인확인’을 다시 누르십시오.');
      const claim = proof?.local ? await findClaim(db, who) : null;
      return challengeView(challenge, { localName: claim?.name ?? null, problem });
    };
    const refused = async (text: string): Promise<Outcome> => {
      const again = await late(text);
      return { errors: { [SIGNATURE]: text }, late: () => again };
    };
    const returned = await readReturned(view, files);
    if (typeof returned === 'string') return refused(returned);
    const result = await proveIdentity(filings, trust, who, place, { challengeId, ...returned });
    if (!result.ok) return refused(result.text);
    refreshHome(who.slackId ?? '');
    return { update: provenView(result, who.agency?.name ?? null) };
  });
}

/** After a registration with the choice of a certificate: the challenge instead of a receipt. */
export function certificateReceipt(filings: Filings, proof: Proof | null) {
  return async (who: Known, place: string, filing: Filing): Promise<ModalView | null> => {
    if (!proof || filing.procedure !== PROCEDURE.registration) return null;
    const { proof: chosen, name } = await answersOf(filings.db, filing);
    return chosen === 'CERTIFICATE' ? ask(filings, proof, who, place, String(name)) : null;
  };
}

async function ask(
  filings: Filings,
  asker: Proof,
  who: Known,
  place: string,
  name: string,
): Promise<ModalView> {
  const challenge = await newChallenge(filings, who, place);
  return challengeView(challenge, { localName: asker.local ? name : null });
}

/** @throws Refusal when proof by certificate is switched off */
function requireProof(proof: Proof | null): Proof {
  if (proof) return proof;
  throw new Refusal(
    '이 서버에서는 인증서로 본인확인을 하지 않습니다.',
    '사용자 등록을 제출하고 관리자의 승인을 기다리십시오.',
  );
}

/** The file or text that the person returned, or its refusal. It is kept in memory only. */
async function readReturned(
  { values }: OpenView,
  source: FileSource,
): Promise<{ file: Buffer; fileName: string } | string> {
  const [chosen] = chosenFiles(enteredIn(values, SIGNATURE));
  const pasted = enteredIn(values, PASTED)?.value?.trim() ?? '';
  if (!chosen) {
    return pasted === ''
      ? '서명 파일을 올리거나 서명값을 붙여 넣으십시오.'
      : { file: Buffer.from(pasted), fileName: '' };
  }
  // Judged by its name alone, so that a private key is not even fetched.
  if (isPrivateKey(Buffer.alloc(0), chosen.name)) return refusalTexts.PRIVATE_KEY;
  if (chosen.size > MAX_BYTES) return refusalTexts.NOT_A_SIGNATURE;
  const file = await fetchChosen(source, chosen);
  return file ? { file, fileName: chosen.name } : '파일을 읽지 못했습니다. 파일을 다시 올리십시오.';
}
