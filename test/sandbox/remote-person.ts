import { type Dict, dict, str } from '../../src/sandbox/core/json.ts';
import { Person } from '../../src/sandbox/person.ts';
import type { PersonPort } from '../../src/sandbox/person-port.ts';

/** Acts for a person in a workspace that runs in another process. */
export function remotePerson(url: string, userId: string): Person {
  return new Person(userId, remotePort(url, userId));
}

const POLL_MS = 25;

/** Reaches a workspace in another process over its control API. */
function remotePort(url: string, userId: string): PersonPort {
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
