import { Refusal } from '../core/refusal.ts';
import { visibleText } from '../core/typed-text.ts';
import type { Outcome, Scene } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { type Operation, operate } from '../store/operation.ts';
import { addPhrase, editPhrase, listPhrases, removePhrase, requireOfficer } from './phrases.ts';
import {
  fieldLabels,
  PHRASE_EDIT,
  PHRASE_MAX,
  PHRASE_REMOVE,
  PHRASES,
  phrasesView,
  phraseView,
  typedPhrase,
} from './phrases-view.ts';
import type { Filings } from './procedure.ts';

/** 상용구 관리. */
export function registerPhrases({ onAction, onSubmit }: Messenger, filings: Filings): void {
  const { db, procedures } = filings;
  const labels = fieldLabels(procedures.values());
  const act = ({ who, place }: Scene, work: (op: Operation) => Promise<void>) =>
    operate(filings, { actor: who.id, place }, work);
  const list = async (note: string | null) => phrasesView(await listPhrases(db), labels, note);

  onAction(PHRASES, async ({ who, show }) => {
    requireOfficer(who);
    await show(await list(null));
  });

  onSubmit(PHRASES, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const { text, label, block } = typedPhrase(view.values, view.metadata.version);
    const phrase = visibleText(text);
    if (phrase.trim() === '' || phrase.length > PHRASE_MAX) return wrong(block, await list(tooLong));
    if (label !== '' && !labels.includes(label)) throw new Refusal('알 수 없는 항목입니다.');
    await act({ who, place }, (op) => addPhrase(op, phrase, label));
    return { update: await list('✔ 추가했습니다.') };
  });

  onAction(PHRASE_EDIT, async ({ who, value, show }) => {
    requireOfficer(who);
    const phrase = (await listPhrases(db)).find(({ id }) => id === value);
    if (!phrase) throw new Refusal('이미 삭제한 상용구입니다.', '창을 닫고 다시 여십시오.');
    await show(phraseView(phrase));
  });

  onSubmit(PHRASE_EDIT, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const { text, block } = typedPhrase(view.values);
    const phrase = visibleText(text);
    if (phrase.trim() === '' || phrase.length > PHRASE_MAX) return wrong(block, await list(tooLong));
    await act({ who, place }, (op) => editPhrase(op, view.metadata.id ?? '', phrase));
    return { update: noteView('고쳤습니다', [phrase]) };
  });

  onAction(PHRASE_REMOVE, async ({ who, place, value, redraw }) => {
    requireOfficer(who);
    await act({ who, place }, (op) => removePhrase(op, value));
    await redraw(noteView('삭제했습니다', ['보완요청과 반려 창에 더는 나오지 않습니다.']));
  });
}

const tooLong = `상용구를 ${PHRASE_MAX}자 안으로 쓰십시오.`;

function wrong(block: string, late: ReturnType<typeof phraseView>): Outcome {
  return { errors: { [block]: tooLong }, late: () => late };
}
