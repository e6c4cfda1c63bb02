import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Latencies } from '../measure/latency.ts';
import { until } from './until.ts';

/** What a table of live orders asks for. */
export const STREAM = `subscription Live {
  orderChanged { cursor order { id number clientOrderId state energy receiver placedAt price { amount currency } } }
}`;

const PROTOCOL = 'graphql-transport-ws';
const CONNECT_AT_ONCE = 50;
const PATIENCE_SECONDS = 60;
const MARK = Buffer.from('"clientOrderId":"');
const NEXT = Buffer.from('"type":"next"');
const QUOTE = 0x22;

/** One connection with streams on it. @param streams each is a subscription of its own */
export async function openSubscriber(
  url: string,
  apiKey: string | null,
  query: string,
  streams = 1,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, PROTOCOL, {
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  const payload = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  // The acknowledgement.
  await once(socket, 'message');
  for (let id = 0; id < streams; id += 1) {
    socket.send(JSON.stringify({ type: 'subscribe', id: `${id}`, payload: { query } }));
  }
  return socket;
}

/** Many connections that listen to the same, and measure when it comes. */
export class Subscribers {
  readonly #sockets: WebSocket[] = [];
  readonly #url: string;
  readonly #apiKey: string | null;
  /** By client order id: when the event was meant to happen. */
  readonly #intended = new Map<string, number>();
  #latency = new Latencies();
  #deliveries = 0;
  #strange = 0;
  #closed = 0;

  constructor(url: string, apiKey: string | null) {
    this.#url = url;
    this.#apiKey = apiKey;
  }

  get size(): number {
    return this.#sockets.length;
  }

  /** Opens more until there are this many. */
  async grow(size: number): Promise<void> {
    while (this.size < size) {
      const count = Math.min(CONNECT_AT_ONCE, size - this.size);
      const opened = await Promise.all(
        Array.from({ length: count }, () => openSubscriber(this.#url, this.#apiKey, STREAM)),
      );
      for (const socket of opened) {
        socket.on('message', (data: Buffer) => this.#receive(data));
        socket.on('close', () => (this.#closed += 1));
      }
      this.#sockets.push(...opened);
    }
  }

  /** An event is about to be caused. @param at `performance.now()` of its intended moment */
  expect(clientOrderId: string, at: number): void {
    this.#intended.set(clientOrderId, at);
  }

  /**
   * Waits until every subscriber has every event that is expected, and begins anew.
   * @returns the latencies, how many deliveries they were, and what was not right
   */
  async collect(): Promise<{ latency: Latencies; deliveries: number; problems: string[] }> {
    const wanted = this.#intended.size * this.size;
    const problems: string[] = [];
    try {
      await until('all is delivered', PATIENCE_SECONDS, () => this.#deliveries >= wanted);
    } catch {
      problems.push(`${this.#deliveries} of ${wanted} deliveries came`);
    }
    if (this.#deliveries > wanted) problems.push(`${this.#deliveries - wanted} came twice`);
    if (this.#closed > 0) problems.push(`${this.#closed} connections were closed`);
    if (this.#strange > 0) problems.push(`${this.#strange} messages were no events`);
    const found = { latency: this.#latency, deliveries: this.#deliveries, problems };
    this.#latency = new Latencies();
    this.#deliveries = 0;
    this.#strange = 0;
    this.#intended.clear();
    return found;
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  #receive(data: Buffer): void {
    const now = performance.now();
    const begin = data.indexOf(MARK);
    if (begin < 0) {
      if (data.includes(NEXT) || data.includes('"type":"error"')) this.#strange += 1;
      return;
    }
    const from = begin + MARK.length;
    const at = this.#intended.get(data.toString('latin1', from, data.indexOf(QUOTE, from)));
    // Of the orders that only asked whether the desk sells.
    if (at === undefined) return;
    this.#deliveries += 1;
    this.#latency.record(now - at);
  }
}
