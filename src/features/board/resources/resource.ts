import { Refusal } from '../../../core/refusal.ts';
import type { Scene } from '../../../messenger/click.ts';
import { officersOnly } from '../../../records/people/office.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Resource } from '../../../store/client/client.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import type { Tx } from '../../../store/store.ts';

export const { requireOfficer, requireOffice } = officersOnly('자료는 표준API 관리자만 올릴 수 있습니다.');

export const RESOURCE_FILE = 'resource.file';

interface ResourceAnswers {
  category: string;
  title: string;
  text: string;
  file?: FileRef[] | undefined;
}

/** @throws Refusal unless an officer at this moment */
export function addResource(
  ground: Ground,
  { who, place }: Scene,
  answers: ResourceAnswers,
  questionId: string | null,
): Promise<Resource> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const { category, title, text } = answers;
    const resource = await op.tx.resource.create({
      data: { category, title, text, questionId, addedBy: who.id, addedAt: op.now, changedAt: op.now },
    });
    await keepVersion(op, resource, answers);
    op.audit({
      action: 'resource.add',
      subject: `resource:${resource.id}`,
      data: questionId ? { question: questionId } : {},
    });
    return resource;
  });
}

/** Adds a version after the one that the officer saw. @throws Refusal when another officer changed it meanwhile */
export function editResource(
  ground: Ground,
  { who, place }: Scene,
  { id: resourceId, version }: Pick<Resource, 'id' | 'version'>,
  answers: ResourceAnswers,
): Promise<Resource> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const { category, title, text } = answers;
    const { count } = await op.tx.resource.updateMany({
      where: { id: resourceId, version, withdrawnAt: null },
      data: { category, title, text, version: version + 1, changedAt: op.now },
    });
    if (count === 0) throw new Refusal('그사이에 바뀐 자료입니다.', '자료를 다시 열어 확인한 뒤 고치십시오.');
    const resource = await getResource(op.tx, resourceId);
    await keepVersion(op, resource, answers);
    op.audit({
      action: 'resource.edit',
      subject: `resource:${resourceId}`,
      data: { version: resource.version },
    });
    return resource;
  });
}

/** @throws Refusal */
export function withdrawResource(
  ground: Ground,
  { who, place }: Scene,
  resourceId: string,
): Promise<Resource> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const { count } = await op.tx.resource.updateMany({
      where: { id: resourceId, withdrawnAt: null },
      data: { withdrawnAt: op.now },
    });
    if (count === 0) throw new Refusal('이미 거둔 자료입니다.', '자료실을 새로 여십시오.');
    op.audit({ action: 'resource.withdraw', subject: `resource:${resourceId}` });
    return getResource(op.tx, resourceId);
  });
}

/** Sends a version's file to the person who asks, and counts the download. @throws Refusal */
export function fetchResource(
  ground: Ground,
  { who, place }: Scene,
  resourceId: string,
  number: number,
): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const resource = await getResource(op.tx, resourceId);
    const { count } = await op.tx.resourceVersion.updateMany({
      where: { resourceId, number },
      data: { fetched: { increment: 1 } },
    });
    if (count === 0 || resource.withdrawnAt)
      throw new Refusal('받을 수 없는 자료입니다.', '자료실을 새로 여십시오.');
    op.audit({ action: RESOURCE_FILE, subject: `resource:${resourceId}`, data: { version: number } });
    op.tell({
      key: `resource.file:${resourceId}:${number}:${who.id}:${op.now.getTime()}`,
      notice: RESOURCE_FILE,
      to: who.id,
      facts: { resourceId, number },
    });
  });
}

/** @throws Refusal */
export async function getResource(tx: Tx, id: string): Promise<Resource> {
  const resource = await tx.resource.findUnique({ where: { id } });
  if (!resource) throw new Refusal('자료를 찾을 수 없습니다.', '자료실을 새로 여십시오.');
  return resource;
}

async function keepVersion(
  { tx, now, author }: Operation,
  { id, version }: Resource,
  { title, text, file = [] }: ResourceAnswers,
): Promise<void> {
  await tx.resourceVersion.create({
    data: {
      resourceId: id,
      number: version,
      title,
      text,
      files: file as object[],
      by: author.actor,
      at: now,
    },
  });
}
