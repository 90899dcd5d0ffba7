import { maskWithin } from '../../../core/mask.ts';
import { Refusal } from '../../../core/refusal.ts';
import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import { cut, LIMIT } from '../../../messenger/blocks.ts';
import type { Click, Outcome, Submission } from '../../../messenger/click.ts';
import { enteredIn } from '../../../messenger/entered.ts';
import { readValues } from '../../../messenger/forms/answers.ts';
import { formWindow, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import { type FileRef, readFiles } from '../../../store/blobs.ts';
import type { Ground } from '../../../store/operation.ts';
import type { Db } from '../../../store/store.ts';
import { getQuestion } from '../questions/question.ts';
import { MAKE_FAQ } from '../questions/views.ts';
import { FAQ, resourceForm } from './form.ts';
import {
  addResource,
  editResource,
  fetchResource,
  getResource,
  requireOfficer,
  withdrawResource,
} from './resource.ts';
import {
  ADD_RESOURCE,
  CATEGORY,
  EDIT_RESOURCE,
  GET_RESOURCE,
  OPEN_RESOURCE,
  RESOURCES,
  RESOURCES_PAGE,
  resourcesView,
  resourceView,
  WITHDRAW_RESOURCE,
  WORDS,
} from './views.ts';

interface ResourceParts {
  ground: Ground;
  files: FileSource;
}

/** 자료실: everybody finds and fetches resources, officers add and change them. */
export function registerResources(messenger: Messenger, parts: ResourceParts) {
  registerReading(messenger, parts.ground);
  registerFilling(messenger, parts);
}

function registerReading({ onAction, onActionsUnder, onSubmit }: Messenger, ground: Ground): void {
  const { db } = ground;
  // The value of the button holds the words to search for.
  onAction(RESOURCES, async ({ who, value, show }) =>
    show(await resourcesView(db, who, { words: value, category: '' })),
  );
  onSubmit(RESOURCES, async ({ who, view }): Promise<Outcome> => {
    const words = enteredIn(view.values, WORDS)?.value ?? '';
    const category = enteredIn(view.values, CATEGORY)?.selected_option?.value ?? '';
    return { update: await resourcesView(db, who, { words, category }) };
  });
  onActionsUnder(RESOURCES_PAGE, async ({ who, value, view, redraw }) => {
    const { words = '', category = '' } = view?.metadata ?? {};
    await redraw(await resourcesView(db, who, { words, category, page: Number(value) }));
  });
  onAction(OPEN_RESOURCE, async ({ who, value, show }) => show(await resourceView(db, who, value)));
  onAction(GET_RESOURCE, async ({ who, place, value, show }) => {
    const [resourceId = '', number] = value.split(':');
    await fetchResource(ground, { who, place }, resourceId, Number(number) || 0);
    await show(noteView('파일을 보냅니다', ['이 앱의 ‘메시지’에서 받으십시오.']));
  });
}

function registerFilling({ onAction, onSubmit }: Messenger, parts: ResourceParts): void {
  const { ground } = parts;
  onAction(ADD_RESOURCE, async ({ who, show }) => {
    requireOfficer(who);
    await show(formWindow(adding('')));
  });
  onAction(MAKE_FAQ, (click) => openFaq(ground.db, click));
  onSubmit(ADD_RESOURCE, (submission) => add(parts, submission));
  onAction(EDIT_RESOURCE, (click) => openEditing(ground.db, click));
  onSubmit(EDIT_RESOURCE, (submission) => edit(parts, submission));
  onAction(WITHDRAW_RESOURCE, async ({ who, place, value, redraw }) => {
    const { id } = await withdrawResource(ground, { who, place }, value);
    await redraw(await resourceView(ground.db, who, id));
  });
}

const fileWindow = ({ ground: { db, now }, files }: ResourceParts) => ({
  db,
  now,
  files,
  rule: OFFICE_FILES,
});

const adding = (questionId: string) => ({
  callbackId: ADD_RESOURCE,
  title: '자료 등록',
  submit: '등록',
  form: resourceForm,
  metadata: { question: questionId },
});

/** Opens the FAQ form, filled with the question and its latest answer, without numbers and addresses. */
async function openFaq(db: Db, { who, value, show }: Click): Promise<void> {
  requireOfficer(who);
  const question = await getQuestion(db, value);
  const answer = await latestAnswer(db, question.id);
  if (!answer) throw new Refusal('답변이 없는 문의입니다.', '답변한 뒤 등록하십시오.');
  const answers = {
    category: FAQ,
    title: maskWithin(question.title),
    text: cut(maskWithin(answer.text), LIMIT.text),
    ...readValues({ file: answer.files }),
  };
  await show(formWindow(adding(question.id), answers));
}

async function add(parts: ResourceParts, { who, place, view }: Submission): Promise<Outcome> {
  requireOfficer(who);
  const { ground } = parts;
  const questionId = view.metadata.question ?? '';
  const kept = readValues({ file: (await latestAnswer(ground.db, questionId))?.files });
  const read = await readWindow(fileWindow(parts), adding(questionId), view, kept);
  if (!read.ok) return read.outcome;
  const resource = await addResource(ground, { who, place }, read.answers, questionId || null);
  return { update: noteView('자료를 등록했습니다', [resource.title, '자료실에서 누구나 볼 수 있습니다.']) };
}

const latestAnswer = (db: Db, questionId: string) =>
  db.questionEntry.findFirst({
    where: { questionId, byOfficer: true, withdrawnAt: null },
    orderBy: [{ writtenAt: 'desc' }, { id: 'desc' }],
  });

const editing = (resourceId: string, version: number) => ({
  callbackId: EDIT_RESOURCE,
  title: '자료 고치기',
  submit: '새 판으로 저장',
  form: resourceForm,
  metadata: { resource: resourceId, version: String(version) },
});

async function openEditing(db: Db, { who, value, show }: Click): Promise<void> {
  requireOfficer(who);
  const resource = await getResource(db, value);
  const { category, title, text } = resource;
  const file = await filesOf(db, resource.id, resource.version);
  await show(formWindow(editing(resource.id, resource.version), { category, title, text, file }));
}

async function edit(parts: ResourceParts, { who, place, view }: Submission): Promise<Outcome> {
  requireOfficer(who);
  const { ground } = parts;
  const id = view.metadata.resource ?? '';
  const version = Number(view.metadata.version) || 0;
  const kept = { file: await filesOf(ground.db, id, version) };
  const read = await readWindow(fileWindow(parts), editing(id, version), view, kept);
  if (!read.ok) return read.outcome;
  const resource = await editResource(ground, { who, place }, { id, version }, read.answers);
  return { update: noteView('새 판으로 저장했습니다', [`${resource.title} (${resource.version}판)`]) };
}

async function filesOf(db: Db, resourceId: string, number: number): Promise<FileRef[]> {
  const version = await db.resourceVersion.findUnique({
    where: { resourceId_number: { resourceId, number } },
  });
  return readFiles(version?.files);
}
