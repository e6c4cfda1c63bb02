import type { Devnet } from '@energy-desk/devnet';

interface Seen {
  /** Milliseconds since 1970 by this machine's clock, with fractions. */
  readonly at: number;
}

/** Sees when signed bytes reach the local network's node, before the node does anything with them. */
export class BroadcastWatch {
  readonly #seen = new Map<string, Seen>();
  #sends = 0;

  constructor({ node }: Devnet) {
    const answer = node.answer.bind(node);
    node.answer = (path, body) => {
      if (path === '/wallet/broadcasthex') this.#note(body);
      return answer(path, body);
    };
  }

  /** Transactions that came, each once, however often it was sent. */
  get count(): number {
    return this.#seen.size;
  }

  /** Requests that came with them. */
  get sends(): number {
    return this.#sends;
  }

  /** When these bytes came first; undefined while they have not. */
  at(signedHex: string): number | undefined {
    return this.#seen.get(signedHex)?.at;
  }

  /** First and last arrival after the given number of transactions. */
  span(after: number): { readonly first: number; readonly last: number } | undefined {
    const times = [...this.#seen.values()].slice(after).map(({ at }) => at);
    const [first, last] = [times.at(0), times.at(-1)];
    return first === undefined || last === undefined ? undefined : { first, last };
  }

  #note(body: unknown): void {
    this.#sends += 1;
    const hex = (body as { readonly transaction?: unknown } | null)?.transaction;
    if (typeof hex !== 'string' || this.#seen.has(hex)) return;
    this.#seen.set(hex, { at: performance.timeOrigin + performance.now() });
  }
}
