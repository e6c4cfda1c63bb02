import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../kernel/domain-error.ts';
import type { Random } from '../kernel/random.ts';

/** The body has more bytes than are kept. */
export class PayloadTooLarge extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';
}

/** Bytes of an oversized body that are read, and thrown away, so that the sender gets an answer. */
const DISCARDED_BYTES = 64 * 1_048_576;

/**
 * The body as text.
 * @throws PayloadTooLarge when it has more than `limit` bytes
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) kept.push(chunk);
    else kept.length = 0;
    if (size > DISCARDED_BYTES) break;
  }
  if (size > limit) {
    throw new PayloadTooLarge(`The request has more than ${limit} bytes. Send less at once.`, {
      details: { limit: 'bytes', most: limit },
    });
  }
  return Buffer.concat(kept).toString();
}

/** The sender's address; of X-Forwarded-For only what that many own proxies have written. */
export function remoteAddressOf(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return plain(direct);
  const chain = [request.headers['x-forwarded-for']]
    .flat()
    .flatMap((line) => line?.split(',') ?? [])
    .map((address) => address.trim());
  return plain(chain.at(-Math.min(trustedProxies, chain.length)) ?? direct);
}

function plain(address: string): string {
  return address.replace(/^::ffff:/, '').slice(0, 64);
}

/** Names requests: random for each process, then counted, which costs a tenth of a random one. */
export class RequestIds {
  readonly #process: string;
  #count = 0;

  constructor(random: Random) {
    this.#process = random.bytes(6).toString('hex');
  }

  /** The sender's own id, if it is a harmless one, or a new one. */
  of(request: IncomingMessage): string {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && /^[\w-]{8,64}$/.test(given)) return given;
    this.#count += 1;
    return `${this.#process}-${this.#count.toString(36)}`;
  }
}

/** A signal that aborts when the sender goes away before the answer is out. */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}

export function sendText(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
): void {
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
