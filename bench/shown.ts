import { type Act, type Hands, submittingBy } from './hands.ts';

/** What the people of an application are shown, for a bare app that shows the same. */
export interface Shown {
  home: object;
  /** The windows in their order, as they stand when they are submitted. */
  windows: object[];
  /** What is posted after the last one, to whom: the desk's channel, or the person. */
  messages: { to: 'desk' | 'person'; text: string; blocks: unknown }[];
}

const label = { type: 'plain_text', text: '열기' };
const button = { type: 'button', action_id: 'open', text: label };

/** A home with one button and so many windows with one line. */
export function plainlyShown(windows: number): Shown {
  const blocks = [{ type: 'section', text: label }];
  const window = { type: 'modal', callback_id: 'bare', title: label, submit: label, blocks };
  const home = { type: 'home', blocks: [{ type: 'actions', elements: [button] }] };
  return { home, windows: Array.from({ length: windows }, () => window), messages: [] };
}

/** What the bot shows during an act. @param officer sees the desk's channel */
export async function shownDuring(
  { person, officer, desk }: { person: Hands; officer: Hands; desk: string },
  act: Act,
): Promise<Shown> {
  const windows: object[] = [];
  const watched = submittingBy(person, async () => {
    windows.push(asSent(await person.modal()));
    return person.submit();
  });
  const { type, blocks } = await person.openHome();
  await act(watched);
  const newest = async (hands: Hands, channel: string) => {
    await hands.waitFor(async () => (await hands.messages(channel)).length > 0);
    const message = (await hands.messages(channel)).at(-1);
    return { text: message?.text ?? '', blocks: message?.blocks };
  };
  const card = { to: 'desk' as const, ...(await newest(officer, desk)) };
  const receipt = { to: 'person' as const, ...(await newest(person, 'dm')) };
  return { home: { type, blocks }, windows, messages: [card, receipt] };
}

/** What an app sends of a view; Slack adds the rest. */
const SENT = [
  'type',
  'callback_id',
  'title',
  'submit',
  'close',
  'blocks',
  'private_metadata',
  'notify_on_close',
];

function asSent(view: object | null): object {
  const sent = Object.entries(view ?? {}).filter(([key, value]) => SENT.includes(key) && value !== null);
  return Object.fromEntries(sent);
}
