import { context, cut, fallback } from '../../../messenger/blocks.ts';
import type { Notices } from '../../../messenger/notice.ts';
import { readFiles } from '../../../store/blobs.ts';
import { RESOURCE_FILE } from './resource.ts';

/** Sends the files of a resource to the person who asked for them. */
export const resourceMessages: Notices = {
  [RESOURCE_FILE]: async (db, facts) => {
    const resource = await db.resource.findUniqueOrThrow({ where: { id: String(facts.resourceId) } });
    const number = Number(facts.number);
    const version = await db.resourceVersion.findUniqueOrThrow({
      where: { resourceId_number: { resourceId: resource.id, number } },
    });
    const files = readFiles(version.files);
    if (files.length === 0 || resource.withdrawnAt) return null;
    const mark = number < resource.version ? ` (이전 판: ${number}판)` : '';
    const text = `자료실: ${version.title}${mark}`;
    return { text: fallback(cut(text, 200)), blocks: [context(text)], files };
  },
};
