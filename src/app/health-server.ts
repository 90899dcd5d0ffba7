import { createServer } from 'node:http';
import { type Answer, type Served, sendAnswer } from '../messenger/slack/receiver.ts';
import { signedRevocations } from '../records/licences/revocations.ts';
import { isSignerInForce, type Signer } from '../records/licences/signer.ts';
import type { Db } from '../store/store.ts';
import type { Health } from './health.ts';

/**
 * `/healthz`, `/readyz` and `/metrics` for this machine alone, in every mode.
 * @returns the port, and how to close it. @throws the system's error, with the setting's name
 */
export async function openHealthServer(
  health: Health,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const answers: Record<string, () => Promise<Answer>> = {
    '/healthz': health.live,
    '/readyz': health.ready,
    '/metrics': health.metrics,
  };
  const server = createServer(({ url = '', method }, response) => {
    const [path = ''] = url.split('?');
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (answer && method === 'GET') void sendAnswer(response, answer());
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(Object.assign(error, { setting: 'HEALTH_PORT' })));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the port that Slack reaches serves: whether the bot runs and is ready, but no metrics. */
export function healthServed(health: Health): Served[] {
  return [
    { path: '/healthz', answer: health.live },
    { path: '/readyz', answer: health.ready },
  ];
}

/** How long a signed list is served before it is made and signed again. */
const LIST_MS = 60_000;

/** `/licences/revoked`: the signed list of revoked licences. It holds numbers only, so anybody may read it. */
export function revocationsServed(db: Db, signer: Signer, now: () => Date): Served {
  let made: { at: number; body: Promise<Buffer> } | null = null;
  const answer = async (): Promise<Answer> => {
    const at = now();
    if (!isSignerInForce(signer, at))
      return {
        status: 503,
        type: 'text/plain',
        body: 'the certificate that signs the list is not in force\n',
      };
    if (!made || at.getTime() - made.at >= LIST_MS) {
      made = { at: at.getTime(), body: signedRevocations(db, signer, at) };
      made.body.catch(() => {
        made = null;
      });
    }
    return { status: 200, type: 'application/pkcs7-mime', body: await made.body };
  };
  return { path: '/licences/revoked', answer };
}
