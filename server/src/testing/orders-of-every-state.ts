import type { OrderState } from '../orders/order-states.ts';
import { present } from '../kernel/assert.ts';
import type { MadeOrder, MadeUser, MadeWallet } from './factories.ts';
import { type GraphqlCaller, GraphqlDesk } from './graphql-desk.ts';

type Stage = OrderState | 'SOLID' | 'RECLAIMED';

/** Everything of one order, as its page shows it. */
export const DETAIL = `query ($id: ID!) { order(id: $id) {
  id number clientOrderId resource energy duration durationSeconds receiver state
  price { amount currency } pricePerEnergy explanation inDoubt inDoubtSince inDoubtUntil cancellable txid
  failure { code message } placedBy { kind id name } placedAt refundedAt rentalEndsAt
  user { id telegramId } history { from to actor { kind name } cause }
  entries { kind amount balanceAfter account { code } order { id } }
  slices { position energy stake state wallet { id address }
    delegation { kind state amount attempts { number txid state includedBlock } order { id } }
    rental { state endsAt order { id } wallet { label } reclaim { kind state } } }
} }`;

/** Answer of the list. */
export interface OrderPage {
  orders: {
    edges: { cursor: string; node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    totalCount: number;
  };
}

export const LIST = `query ($filter: OrderFilter, $orderBy: OrderSort, $first: Int! = 50, $after: String) {
  orders(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } }`;

/** Ids of the orders of one page, in its order. */
export async function idsOf(
  who: GraphqlCaller,
  variables: Record<string, unknown>,
): Promise<string[]> {
  const { orders } = await who.request<OrderPage>(LIST, variables);
  return orders.edges.map(({ node }) => node.id);
}

/** A desk with one user's orders, one in each state, placed a second apart over two wallets. */
export class OrdersOfEveryState {
  readonly desk: GraphqlDesk;
  readonly user: MadeUser;
  readonly wallets: readonly MadeWallet[];
  readonly #made: ReadonlyMap<Stage, MadeOrder>;

  private constructor(
    desk: GraphqlDesk,
    user: MadeUser,
    wallets: readonly MadeWallet[],
    made: ReadonlyMap<Stage, MadeOrder>,
  ) {
    this.desk = desk;
    this.user = user;
    this.wallets = wallets;
    this.#made = made;
  }

  static async start(): Promise<OrdersOfEveryState> {
    const desk = await GraphqlDesk.start();
    const user = await desk.make.user({ telegramId: '7000123456' });
    const wallets = [await desk.make.wallet(), await desk.make.wallet()];
    const made = new Map<Stage, MadeOrder>();
    let placed = Date.parse('2026-11-20T10:00:00Z');
    const next = (): Date => new Date((placed += 1_000));
    for (const state of [
      'PENDING',
      'PROCESSING',
      'COMPLETED',
      'FAILED',
      'CANCELLED',
      'REFUNDED',
    ] as const) {
      made.set(state, await desk.make.order({ user, wallets, state, placedAt: next() }));
    }
    const solid = { user, wallets, state: 'COMPLETED', solid: true } as const;
    made.set('SOLID', await desk.make.order({ ...solid, placedAt: next() }));
    made.set('RECLAIMED', await desk.make.order({ ...solid, reclaimed: true, placedAt: next() }));
    return new OrdersOfEveryState(desk, user, wallets, made);
  }

  /** The order that is in this state. */
  order(state: Stage): MadeOrder {
    return present(this.#made.get(state), `order that is ${state}`);
  }
}
