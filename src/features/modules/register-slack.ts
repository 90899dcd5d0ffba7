import { seoulDay } from '../../core/calendar.ts';
import { safeFileName } from '../../core/file-name.ts';
import { Refusal } from '../../core/refusal.ts';
import { markWaiting } from '../../filing/marks.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { DirectMessageHandler, OpenView, Outcome } from '../../messenger/click.ts';
import { type ChosenFile, chosenFiles, enteredIn } from '../../messenger/entered.ts';
import { parseAnswers } from '../../messenger/forms/answers.ts';
import { readState } from '../../messenger/forms/form-view.ts';
import { type FileSource, openChosen } from '../../messenger/intake.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { addRelease, type ReleaseOrder } from '../../records/modules/releases.ts';
import { unaddedText } from '../../records/modules/words.ts';
import { operate } from '../../store/operation.ts';
import { requireOffice, requireOfficer } from './modules-slack.ts';
import { ADD_MODULE, addedView, offerBlocks, REGISTER_MODULE, registerView } from './register-view.ts';
import { releaseForm } from './release-form.ts';

/** How long the bot waits for a file: enough for 50 MB on a slow line. */
const FETCH_MS = 10 * 60 * 1000;

interface RegisterModuleParts {
  filings: Filings;
  files: FileSource;
}

/** 모듈 등록, with a file chosen in the window (10 MB at most) or one that was sent to the bot before. */
export function registerModuleRegistration(
  messenger: Messenger,
  { filings, files }: RegisterModuleParts,
): void {
  const { db, now } = filings;

  messenger.onAction(REGISTER_MODULE, async ({ who, value, show }) => {
    requireOfficer(who);
    const dropped = value ? await droppedFile(value, who.slackId) : null;
    const last = await db.moduleRelease.findFirst({ orderBy: { addedAt: 'desc' } });
    await show(registerView(dropped, last ? { name: last.name } : {}));
  });

  messenger.onSubmit(ADD_MODULE, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const { typed } = readState(releaseForm, 0, view.values);
    const { answers, errors } = parseAnswers(releaseForm, typed, {
      today: seoulDay(now()),
      channel: 'ONLINE',
    });
    const dropped = view.metadata.file ? await droppedFile(view.metadata.file, who.slackId) : null;
    const refuse = (problems: Record<string, string>): Outcome => {
      // For a file that was sent to the bot the window has no file field, so its error appears at the name.
      const { file, ...others } = problems;
      const fieldErrors = dropped && file ? { ...others, name: file } : problems;
      return { errors: fieldErrors, late: () => registerView(dropped, typed, problems) };
    };
    if (Object.keys(errors).length > 0) return refuse(errors);
    const chosen = dropped ?? fileOf(view);
    if (!chosen) return refuse({ file: '모듈 파일을 올리십시오.' });

    const { notes = '', sha256, bits, ...rest } = answers;
    const order: ReleaseOrder = {
      ...rest,
      bits: Number(bits),
      notes,
      fileName: safeFileName(chosen.name),
      expected: sha256,
    };
    const opened = await openChosen(files, chosen, FETCH_MS).catch(() => null);
    if (!opened) return refuse({ file: '파일을 읽지 못했습니다. 파일을 다시 올리십시오.' });
    const added = await addRelease(
      filings,
      order,
      { size: chosen.size, bytes: () => opened.bytes },
      { author: { actor: who.id, place }, mayAdd: (tx) => requireOffice(tx, who) },
    );
    if (!added.ok) {
      const { field, text } = unaddedText(added, order);
      return refuse({ [field]: text });
    }
    await operate(filings, { actor: who.id, place }, (op) => markWaiting(filings, op, PROCEDURE.application));
    return { update: addedView(added, chosen.size) };
  });

  /** A file that this person sent to the bot. @throws Refusal */
  async function droppedFile(id: string, slackId: string | null): Promise<ChosenFile> {
    const found = await messenger.findFile(id);
    if (!found || found.sentBy !== slackId) {
      throw new Refusal(
        '파일을 찾을 수 없습니다.',
        '보급봇과의 ‘메시지’에 파일을 다시 올리고 ‘모듈로 등록’을 누르십시오.',
      );
    }
    return found.file;
  }
}

/** Asks an officer who sends files to the bot whether to register them as modules. Text files are left out. */
export const offerRegistration: DirectMessageHandler = async ({ who, files }) => {
  const offered = files.filter(({ isText }) => !isText);
  return who.officer && offered.length > 0
    ? { text: '파일을 받았습니다.', blocks: offerBlocks(offered) }
    : null;
};

function fileOf({ values }: OpenView): ChosenFile | null {
  return chosenFiles(enteredIn(values, 'file'))[0] ?? null;
}
