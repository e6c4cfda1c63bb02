import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { textOf } from '../chain/block.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from './node.ts';

/** node.http.maxMessageSize of java-tron. */
const maxBody = 4 * 1024 * 1024;

/** What a server asks for an answer. */
export type Answerer = (method: string, path: string, body: unknown) => Answer | Promise<Answer>;

class TooLargeError extends Error {}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // What is too large is read to its end all the same, so that the answer is not lost.
    if (size <= maxBody) parts.push(part);
  }
  if (size > maxBody) throw new TooLargeError();
  return Buffer.concat(parts).toString('utf8');
}

async function readQuestion(request: IncomingMessage, url: URL): Promise<unknown> {
  const query: Record<string, unknown> = Object.fromEntries(url.searchParams);
  if (request.method === 'GET' || request.method === 'HEAD') return query;
  const text = await readBody(request);
  if (text === '') return query;
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...query, ...parsed } : query;
}

function* filler(start: string, bytes: number): Iterable<Buffer> {
  yield Buffer.from(start);
  const piece = Buffer.alloc(65_536, 'x');
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
  yield Buffer.from('"}');
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
  if (answer.filler === undefined) {
    response.end(answer.body);
    return;
  }
  await pipeline(Readable.from(filler(textOf(answer.body), answer.filler)), response);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answerer: Answerer,
  clock: Clock,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  let question: unknown;
  try {
    question = await readQuestion(request, url);
  } catch (error) {
    const status = error instanceof TooLargeError ? 413 : 200;
    const text = error instanceof Error ? error.message : 'null';
    await send(response, {
      status,
      body: JSON.stringify({ Error: `class org.tron.json.JSONException : ${text}` }),
    });
    return;
  }
  const answer = await answerer(request.method ?? 'GET', url.pathname, question);
  if (answer.end === 'hang') return;
  if (answer.end === 'reset') {
    request.socket.destroy();
    return;
  }
  if (answer.delayMs !== undefined) {
    const { delayMs } = answer;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      response.once('close', () => {
        cancel();
        resolve();
      });
    });
  }
  await send(response, answer);
}

/** A listening HTTP front. */
export interface Front {
  readonly url: string;
  stop(): Promise<void>;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Opens an HTTP front. Rejects with the system's error when the port is taken. */
export async function openFront(
  answerer: Answerer,
  clock: Clock,
  port: number,
  host: string,
): Promise<Front> {
  const server = createServer((request, response) => {
    serve(request, response, answerer, clock).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // Longer than any client keeps a socket, so that none is closed just when it is used again.
  server.keepAliveTimeout = 75_000;
  const address = await listen(server, port, host);
  return {
    url: `http://${host}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
