import { query } from '../../../server/src/database/query.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ProcessDesk } from './process-desk.ts';

const BALANCE = `query Balance($id: String!) {
  user(ref: { telegramId: $id }) { id standing balances { available held currency } }
}`;
const ONE = `query One($id: ID!) { order(id: $id) { id number state energy price { amount currency } } }`;
const LIST = `query List($filter: OrderFilter) {
  orders(first: 20, filter: $filter) {
    edges { cursor node { id number state energy duration placedAt price { amount currency } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/**
 * What users ask for: 70 % reads, 20 % lists, 10 % orders.
 * @param acknowledged orders that are there; those that are placed join them
 * @returns sends the n-th request: which kind by its place among ten, whose by its number
 */
export async function makeMix(
  desk: ProcessDesk,
  caller: ApiCaller,
  acknowledged: string[],
): Promise<(n: number) => Promise<unknown>> {
  const users = await query<{ id: string; telegramId: bigint }>(
    desk.database.read(),
    'select id, telegram_id as "telegramId" from users order by id',
  );
  const userOf = (n: number) => users[n % users.length] ?? { id: '', telegramId: 0n };
  return async (n) => {
    switch (n % 10) {
      case 0:
        return acknowledged.push(await caller.placeOrder(desk, n));
      case 3:
        return caller.ask(LIST, {});
      case 6:
        return caller.ask(LIST, { filter: { userId: userOf(n).id } });
      case 1:
      case 4:
      case 7:
        return caller.ask(BALANCE, { id: userOf(n).telegramId.toString() });
      default:
        return caller.ask(ONE, { id: acknowledged[(n * 7) % acknowledged.length] });
    }
  };
}
