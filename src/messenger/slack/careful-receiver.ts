import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { defaultBodyLimit, HTTPModuleFunctions, HTTPReceiver, isRawBodyError } from '@slack/bolt';

/** As far as Bolt lets a request be old: clocks differ. */
const AHEAD_SECONDS = 5 * 60;

/**
 * Bolt reads properties of whatever JSON a request carries, outside of any `try`: a body of `null` ends the process.
 * This receiver hands Bolt objects only, and answers 400 to the rest. Bolt refuses what is old; this also what is dated in
 * the future, which somebody could keep and send when its time has come.
 */
export class CarefulReceiver extends HTTPReceiver {
  constructor(options: ConstructorParameters<typeof HTTPReceiver>[0], now: () => Date = () => new Date()) {
    super(options);
    const bolt = this.requestListener;
    this.requestListener = (request, response) => {
      if (!URL.canParse(request.url ?? '', 'http://localhost')) refuse(response, 400);
      else if (isAhead(request, now())) refuse(response, 401);
      else if (request.method === 'POST') void handOver(request, response, bolt);
      else bolt(request, response);
    };
  }
}

function isAhead({ headers }: IncomingMessage, now: Date): boolean {
  return Number(headers['x-slack-request-timestamp']) > now.getTime() / 1000 + AHEAD_SECONDS;
}

/** Reads the body, and lets Bolt go on with the same bytes. It never rejects. */
async function handOver(
  request: IncomingMessage,
  response: ServerResponse,
  bolt: RequestListener,
): Promise<void> {
  try {
    const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, defaultBodyLimit);
    if (carriesObject(buffered)) bolt(request, response);
    else refuse(response, 400);
  } catch (error) {
    request.resume(); // what nobody read, so that the sender is not left writing
    if (isRawBodyError(error)) refuse(response, error.statusCode);
    else refuse(response, 404); // Bolt throws when nobody serves the path
  }
}

/** True as well when it is not JSON: Bolt answers to that by itself. */
function carriesObject(buffered: Parameters<typeof HTTPModuleFunctions.parseHTTPRequestBody>[0]): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status).end();
}
