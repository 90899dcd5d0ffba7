import type { Config } from '../config.ts';

/** `demo`: does the same as the button 예시로 채우기 on the first page of the trial workspace. @returns the exit code */
export async function fillRunning(
  { slack, port }: Pick<Config, 'slack' | 'port'>,
  out: (line: string) => void,
) {
  if (slack) {
    out('The example is for the trial workspace. Take the Slack settings away, and set another DATA_DIR.');
    return 1;
  }
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/control/example`, { method: 'POST', body: '{}' }).catch(() => null);
  if (!answer) {
    out(`Nothing answers at ${url}. Start the bot first: npm start`);
    return 1;
  }
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
  if (error === undefined) out(`The workspace is filled: open ${url}`);
  else if (error === 'example_not_offered')
    out(
      'The example goes into a workspace that the bot has joined and nobody has begun to use. Try again in a moment, or start with another DATA_DIR.',
    );
  else out(`The workspace could not be filled: ${error}`);
  return error === undefined ? 0 : 1;
}
