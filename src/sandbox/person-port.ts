import type { Control } from './control.ts';
import type { Core } from './core/core.ts';
import { maySeeFile } from './core/files.ts';
import { type Dict, dict } from './core/json.ts';

/** How the functions that act for a person reach the workspace. */
export interface PersonPort {
  /** The answer may be the workspace's own objects: they are looked at, never changed. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Dict>;
  upload(name: string, bytes: Uint8Array): Promise<Dict>;
  download(fileId: string): Promise<Buffer>;
  /** Calls the listener whenever something may have changed for this person. @returns ends that */
  watch(listener: () => void): () => void;
}

/** Reaches a workspace in the same process, without HTTP. */
export function directPort(core: Core, control: Control, userId: string): PersonPort {
  return {
    call: (method, path, body) => control.call(userId, method, path, body ?? {}),
    async upload(name, bytes) {
      return dict(control.upload(userId, name, Buffer.from(bytes)).file);
    },
    async download(fileId) {
      const file = core.files.get(fileId);
      const bytes = file && maySeeFile(file, userId, core.state) ? core.files.read(fileId) : undefined;
      if (!bytes) throw new Error(`file not visible: ${fileId}`);
      return bytes;
    },
    watch: (listener) => core.hub.subscribe(userId, listener),
  };
}
