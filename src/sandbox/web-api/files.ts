import type { Core } from '../core/core.ts';
import { botMaySeeFile, fileObject } from '../core/files.ts';
import { dicts, str } from '../core/json.ts';
import { post } from '../core/posting.ts';
import { ApiRefusal } from '../core/refusal.ts';
import type { StoredFile } from '../core/types.ts';
import { blocksArg, jsonArg } from './content.ts';
import { type Method, type Methods, memberConversation } from './method.ts';

function ownFile(core: Core, id: unknown): StoredFile {
  const file = core.files.get(str(id));
  if (!file || file.owner !== core.identity.botUserId) throw new ApiRefusal('file_not_found');
  if (file.deleted) throw new ApiRefusal('file_deleted');
  return file;
}

const getUploadUrl: Method = {
  formOnly: true,
  scopes: ['files:write'],
  run(args, core) {
    const size = Number(args.length);
    const name = str(args.filename);
    if (name === '' || !Number.isInteger(size) || size < 1) throw new ApiRefusal('missing_argument');
    if (str(args.alt_text).length > 1000) throw new ApiRefusal('alt_txt_too_large');
    const owner = core.identity.botUserId;
    const file = core.files.announce({ owner, name, size, created: core.state.clock.seconds() });
    return { upload_url: `${core.url}/upload/v1/${file.id}`, file_id: file.id };
  },
};

const complete: Method = {
  scopes: ['files:write'],
  run(args, core) {
    const given = dicts(jsonArg(args.files, 'invalid_arguments'));
    if (given.length === 0) throw new ApiRefusal('invalid_arguments');
    const files = given.map(({ id, title }) => {
      const file = ownFile(core, id);
      if (core.files.read(file.id) === undefined) throw new ApiRefusal('file_not_found');
      return { ...file, title: str(title) || file.title, complete: true };
    });
    const destination = args.channel_id ?? args.channels;
    const conversation = destination === undefined ? null : memberConversation(core, destination);
    const blocks = blocksArg(args.blocks);
    for (const file of files) core.files.save(file);
    if (conversation) {
      const draft = {
        channel: conversation.id,
        user: core.identity.botUserId,
        bot: true,
        subtype: 'file_share',
        text: blocks ? '' : str(args.initial_comment),
        files: files.map(({ id }) => id),
        ...(blocks ? { blocks } : {}),
        ...(str(args.thread_ts) ? { thread_ts: str(args.thread_ts) } : {}),
      };
      core.sharing.later(draft, (ready) => post(core, ready), core.faults.slowFileShareMs);
    }
    return { files: files.map((file) => fileObject(file, core.url, core.state, core.identity, true)) };
  },
};

const info: Method = {
  formOnly: true,
  scopes: ['files:read'],
  run(args, core) {
    const file = core.files.get(str(args.file));
    if (!file) throw new ApiRefusal('file_not_found');
    if (file.deleted) throw new ApiRefusal('file_deleted');
    if (!botMaySeeFile(file, core.state, core.identity)) throw new ApiRefusal('file_not_found');
    return { file: fileObject(file, core.url, core.state, core.identity), comments: [] };
  },
};

const remove: Method = {
  scopes: ['files:write'],
  run(args, core) {
    const file = core.files.get(str(args.file));
    if (!file) throw new ApiRefusal('file_not_found');
    if (file.deleted) throw new ApiRefusal('file_deleted');
    if (file.owner !== core.identity.botUserId) throw new ApiRefusal('cant_delete_file');
    core.files.erase(file);
    return {};
  },
};

export const fileMethods: Methods = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
  'files.info': info,
  'files.delete': remove,
};
