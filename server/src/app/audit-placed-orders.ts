import { writeAudit } from '../access/audit.ts';
import type { EntityManager } from '../database/database.ts';
import type { Decided } from '../orders/decide-order.ts';

/** An audit row for each order of a batch, in the transaction that places them. */
export function auditPlacedOrders(em: EntityManager, placed: readonly Decided[]): Promise<void> {
  return writeAudit(
    em,
    placed.map(({ orderId, command: { actor, clientOrderId, origin } }) => ({
      ...origin,
      actor,
      action: 'order.place',
      subject: { kind: 'order', id: orderId },
      details: { clientOrderId },
    })),
  );
}
