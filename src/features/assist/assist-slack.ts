import { visibleText } from '../../core/typed-text.ts';
import { ERROR_HELP } from '../../filing/buttons.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { DirectMessageHandler, Outcome } from '../../messenger/click.ts';
import { enteredIn } from '../../messenger/entered.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import type { Db } from '../../store/store.ts';
import { chatAnswer, chosenAnswer, type Ground, SHOW_ENTRY } from './chat.ts';
import { EXPLAIN, explainedMessage, explainedView, PASTED_FIELD, pasteView } from './error-help.ts';

/** Opens 오류 도움, a window to paste an error into, and the answer that a person chose by its button. */
export function registerAssist(
  { onAction, onActionsUnder, onSubmit }: Messenger,
  { assist: filings }: { assist: Ground },
): void {
  onAction(ERROR_HELP, async ({ value, show }) => show(pasteView(visibleText(value))));

  onActionsUnder(SHOW_ENTRY, async ({ who, value, show }) => show(await chosenAnswer(filings, who, value)));

  onSubmit(EXPLAIN, async ({ who, view }): Promise<Outcome> => {
    const text = visibleText(enteredIn(view.values, PASTED_FIELD)?.value ?? '').trim();
    if (!text) return { errors: { [PASTED_FIELD]: '오류 내용을 붙여 넣으십시오.' }, late: () => pasteView() };
    return { update: await explainedView(filings, who, text) };
  });
}

/** Answers an error message that somebody pastes into the conversation. */
export const errorAnswer =
  (filings: Filings & { db: Db }): DirectMessageHandler =>
  async ({ who, text }) => {
    const blocks = await explainedMessage(filings, who, text);
    return blocks && { text: '오류 도움', blocks };
  };

/** Answers a question in ordinary Korean. */
export const wordsAnswer =
  (filings: Ground): DirectMessageHandler =>
  ({ who, text }) =>
    chatAnswer(filings, who, text);
