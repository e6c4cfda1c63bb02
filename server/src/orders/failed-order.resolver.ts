import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Database, EntityManager } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { DecideOrderInput } from './order-input.graphql.ts';
import type { OrderRow } from './order-rows.ts';
import { Order } from './order.graphql.ts';
import type { ReplacingParts } from './replace-slices.ts';
import { type Decision, refundOrder, retryOrder } from './retry-order.ts';

export interface FailedOrderParts extends ReplacingParts {
  readonly database: Database;
}

const MAX_REASON = 500;

/** What people decide about orders that failed. */
@Resolver()
export class FailedOrderResolver {
  readonly #parts: FailedOrderParts;

  constructor(parts: FailedOrderParts) {
    this.#parts = parts;
  }

  @Mutation(() => Order, {
    description:
      'Tries an order again that failed and was not refunded: new wallets, a new deadline, the old price. ILLEGAL_STATE when it did not fail, INSUFFICIENT_STOCK when the pool cannot deliver it.',
  })
  retryOrder(
    @Arg('input', () => DecideOrderInput, { description: 'Which order, and why.' })
    input: DecideOrderInput,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow> {
    return this.#decide('order.retry', input, context, (em, decision) =>
      retryOrder(em, decision, this.#parts),
    );
  }

  @Mutation(() => Order, {
    description:
      'Returns the price of an order that failed. To refund again is harmless; ILLEGAL_STATE when it did not fail.',
  })
  refundOrder(
    @Arg('input', () => DecideOrderInput, { description: 'Which order, and why.' })
    input: DecideOrderInput,
    @Ctx() context: DeskContext,
  ): Promise<OrderRow> {
    return this.#decide('order.refund', input, context, refundOrder);
  }

  async #decide(
    action: string,
    input: DecideOrderInput,
    { actor, audit, loaders }: DeskContext,
    carryOut: (em: EntityManager, decision: Decision) => Promise<void>,
  ): Promise<OrderRow> {
    const reason = input.reason.trim();
    if (reason === '' || reason.length > MAX_REASON) {
      throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field: 'input.reason' });
    }
    const orderId = input.orderId.toLowerCase();
    if (!isUuid(orderId)) {
      throw new NotFound('There is no such order.', { field: 'input.orderId' });
    }
    await this.#parts.database.transaction(actor, async (em) => {
      await carryOut(em, { orderId, reason });
      await audit.record(em, action, { kind: 'order', id: orderId }, { reason });
    });
    return present(await loaders.order.load(orderId), 'order');
  }
}
