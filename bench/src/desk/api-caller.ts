import { Pool } from 'undici';
import { DURATION, ENERGY } from './service-desk.ts';
import { ids, type Seeded } from './seed.ts';

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

const PLACE = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { id number state price { amount currency } }
}`;

/** A program that asks an API over connections that it keeps. */
export class ApiCaller {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  /** @param apiKey null asks as nobody */
  constructor(url: string, apiKey: string | null, connections: number) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
    this.#headers = {
      'content-type': 'application/json',
      ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
    };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  /** The body of an answer. @throws on any status but 200 */
  async post(body: string): Promise<string> {
    const response = await this.#pool.request({
      path: '/graphql',
      method: 'POST',
      headers: this.#headers,
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${text}`);
    return text;
  }

  /** The data of an answer. @throws when there is an error in it */
  async ask(query: string, variables: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { data, errors } = JSON.parse(
      await this.post(JSON.stringify({ query, variables })),
    ) as Answer;
    if (errors !== undefined || !data) throw new Error(errors?.[0]?.message ?? 'no data');
    return data;
  }

  /** Places the n-th order as a bot does. @returns its id */
  async placeOrder(
    { telegramIds, receivers }: Seeded,
    n: number,
    clientOrderId: string = ids.next(),
  ): Promise<string> {
    const data = await this.ask(PLACE, {
      input: {
        clientOrderId,
        user: { telegramId: telegramIds[n % telegramIds.length]?.toString() },
        energy: ENERGY.toString(),
        duration: DURATION,
        receiver: receivers[n % receivers.length],
      },
    });
    return (data['placeOrder'] as { readonly id: string }).id;
  }
}

/** Waits until the API sells: it must know the chain first. @throws after a while, with why not */
export async function untilItSells(caller: ApiCaller, seeded: Seeded): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await caller.placeOrder(seeded, 0);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
