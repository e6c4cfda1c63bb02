import { setTimeout as sleep } from 'node:timers/promises';
import { Obstacle } from './say.ts';

/** An error that the desk answered with, by its code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** The desk and the local network, as a bot sees them. */
export class DemoDesk {
  readonly #url: string;
  readonly #network: string;
  readonly #apiKey: string;

  constructor(access: { url: string; network: string; apiKey: string }) {
    this.#url = access.url;
    this.#network = access.network;
    this.#apiKey = access.apiKey;
  }

  /**
   * One GraphQL operation.
   *
   * @throws Refusal with the code of the first error.
   */
  async ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#apiKey}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    });
    const reply = await this.#read(response);
    const error = reply.errors?.[0];
    if (error !== undefined) {
      throw new Refusal(error.extensions?.code ?? `HTTP_${response.status}`, error.message);
    }
    return reply.data;
  }

  async #read(response: Response): Promise<Reply> {
    const text = await response.text();
    try {
      return JSON.parse(text) as Reply;
    } catch {
      const said = `${response.status.toString()} ${text.trim().slice(0, 100)}`;
      throw new Obstacle(
        `${this.#url} did not answer as GraphQL does (${said}): give --url with its path, such as http://127.0.0.1:3000/graphql.`,
      );
    }
  }

  /** A control request to the local network; it may be busy, so a few tries. */
  async network(path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${this.#network}/devnet/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      if (response.ok) return;
      if (attempt === 3) throw new Error(`/devnet/${path} answered ${response.status}: ${text}`);
      await sleep(500);
    }
  }
}
