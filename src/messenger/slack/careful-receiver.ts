import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { defaultBodyLimit, HTTPModuleFunctions, HTTPReceiver, isRawBodyError } from '@slack/bolt';

/** Clocks differ: as many seconds as Bolt allows for requests of the past. */
const AHEAD_SECONDS = 5 * 60;

/**
 * Bolt reads properties of any JSON body outside of any `try`: a body of `null` ends the process. This receiver hands
 * only objects to Bolt and answers 400 to other bodies. Bolt refuses old requests; this receiver also refuses requests
 * dated in the future, which somebody could keep and send at that time.
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

/** Reads and checks the body, then hands the request to Bolt with the same bytes. Never rejects. */
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
    request.resume(); // discards unread bytes, so that the sender does not wait for ever
    if (isRawBodyError(error)) refuse(response, error.statusCode);
    else refuse(response, 404); // Bolt throws when no handler serves the path
  }
}

/** Whether the body is a JSON object. Also true when it is not JSON at all: Bolt answers that by itself. */
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
