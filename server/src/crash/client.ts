import { eventually } from './eventually.ts';
import type { House } from './house.ts';

/** An API that stands still is given up after this long, and asked again. */
const PATIENCE_MS = 2_500;

interface Refusal {
  readonly code: string;
  readonly retryable: boolean;
}

interface Reply {
  readonly data?: Record<string, object | null> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Refusal }[];
}

/**
 * Sends a mutation as a careful bot does: the same again, to whichever API answers, until there is
 * an answer.
 * @throws when the desk refuses
 */
export async function insist<Answer extends object = { id: string; state: string }>(
  house: House,
  name: string,
  inputType: string,
  input: object,
  fields = 'id state',
): Promise<Answer> {
  const body = JSON.stringify({
    query: `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${fields} } }`,
    variables: { input },
  });
  let refusal = '';
  return eventually(
    () => `${name} is answered${refusal}`,
    async () => {
      for (const { url } of house.of('api')) {
        const reply = await ask(`${url}/graphql`, body, house.apiKey);
        const [error] = reply?.errors ?? [];
        if (error?.extensions.retryable === true) {
          refusal = `, and not: ${error.message}`;
          continue;
        }
        if (error !== undefined) throw new Error(`${error.extensions.code}: ${error.message}`);
        const answer = reply?.data?.[name];
        if (answer) return answer as Answer;
      }
      return undefined;
    },
  );
}

async function ask(url: string, body: string, apiKey: string): Promise<Reply | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await response.json()) as Reply;
  } catch {
    return undefined;
  }
}

/** An order that the desk has acknowledged. */
export interface Acknowledged {
  readonly clientOrderId: string;
  readonly id: string;
}

export async function placeOrder(
  house: House,
  order: { readonly clientOrderId: string; readonly receiver: string; readonly duration: string },
): Promise<Acknowledged> {
  const { id } = await insist(house, 'placeOrder', 'PlaceOrderInput', {
    ...order,
    user: { telegramId: house.telegramId },
    energy: '32000',
  });
  return { clientOrderId: order.clientOrderId, id };
}

export async function cancelOrder(house: House, orderId: string): Promise<void> {
  await insist(house, 'cancelOrder', 'CancelOrderInput', { orderId });
}
