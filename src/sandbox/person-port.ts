import type { Control } from './control.ts';
import type { Core } from './core/core.ts';
import { maySeeFile } from './core/files.ts';
import { type Dict, dict, str } from './core/json.ts';

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

const POLL_MS = 25;

/** Reaches a workspace in another process over its control API. */
export function remotePort(url: string, userId: string): PersonPort {
  const who = { 'x-workspace-user': userId };
  async function answerOf(response: Response): Promise<Dict> {
    const body = dict(await response.json());
    if (!response.ok) throw new Error(str(body.error) || `HTTP ${response.status}`);
    return body;
  }
  return {
    async call(method, path, body) {
      const init: RequestInit = { method, headers: { ...who, 'content-type': 'application/json' } };
      if (method === 'POST') init.body = JSON.stringify(body ?? {});
      return answerOf(await fetch(url + path, init));
    },
    async upload(name, bytes) {
      const path = `${url}/control/upload?name=${encodeURIComponent(name)}`;
      const response = await fetch(path, { method: 'POST', headers: who, body: new Uint8Array(bytes) });
      return dict((await answerOf(response)).file);
    },
    async download(fileId) {
      const response = await fetch(`${url}/files/${fileId}`, { headers: who });
      if (!response.ok) throw new Error(`file not visible: ${fileId}`);
      return Buffer.from(await response.arrayBuffer());
    },
    watch(listener) {
      const asking = setInterval(listener, POLL_MS);
      return () => clearInterval(asking);
    },
  };
}
