import type { Person } from '../../src/sandbox/person.ts';
import type { Workspace } from '../../src/sandbox/workspace.ts';

type Json = Record<string, unknown>;

/** Something that was shown to somebody: a window, the home, or a message. */
export interface Shown {
  to: string;
  kind: 'modal' | 'home' | 'message';
  /** callback_id of the window, or the conversation. */
  where: string;
  content: Json;
}

export interface Watch {
  shown: Shown[];
  close(): void;
}

/** Everything that is put before these people from now on, also what is replaced a moment later. */
export async function watch(workspace: Workspace, people: readonly Person[]): Promise<Watch> {
  const shown: Shown[] = [];
  const end = new AbortController();
  await Promise.all(
    people.map(async ({ userId }) => {
      const url = `${workspace.url}/control/stream?user=${userId}`;
      const { body } = await fetch(url, { signal: end.signal });
      if (!body) throw new Error('the workspace streams nothing');
      void follow(body, (event) => shown.push(...shownIn(userId, event)));
    }),
  );
  return { shown, close: () => end.abort() };
}

async function follow(body: ReadableStream<Uint8Array>, tell: (event: Json) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const piece of body) {
      const events = (rest + decoder.decode(piece, { stream: true })).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) if (event.startsWith('data: ')) tell(JSON.parse(event.slice(6)) as Json);
    }
  } catch {
    // The watch was closed, or the workspace.
  }
}

function shownIn(to: string, event: Json): Shown[] {
  const view = (kind: 'modal' | 'home', one: Json): Shown => ({
    to,
    kind,
    where: String(one.callback_id),
    content: one,
  });
  if (event.type === 'modals') return (event.stack as Json[]).map((one) => view('modal', one));
  if (event.type === 'home') return [view('home', event.view as Json)];
  if (event.type !== 'message' && event.type !== 'message_changed') return [];
  return [{ to, kind: 'message', where: String(event.channel), content: event.message as Json }];
}
