import { because, type EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import { BadInput, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { cancelUnsentOperations } from '../operations/cancel-operations.ts';
import { releaseHolds } from '../capacity/holds.ts';
import { announceEnd } from './wallet-operations.ts';
import { WALLET } from './wallet-purpose.ts';

/**
 * Calls an operation on a wallet's account back, if no byte of it can have left. One that is
 * cancelled already stays so.
 * @throws NotFound, BadInput without a reason, IllegalState when it is too late or an order's
 */
export async function cancelWalletOperation(
  em: EntityManager,
  operationId: string,
  reason: string,
): Promise<void> {
  if (reason.trim() === '') throw new BadInput('Give a reason.', { field: 'input.reason' });
  const operation = isUuid(operationId)
    ? await queryOne<{ purpose: string; state: string }>(
        em,
        'select purpose, state from chain_operations where id = $1 for no key update',
        [operationId],
      )
    : undefined;
  if (!operation) throw new NotFound('There is no such operation.', { field: 'input.id' });
  if (operation.purpose !== WALLET) {
    throw new IllegalState('This operation belongs to an order; cancel the order instead.', {
      field: 'input.id',
    });
  }
  if (operation.state === 'CANCELLED') return;
  await because(em, reason.trim());
  if (!(await cancelUnsentOperations(em, WALLET, [operationId]))) {
    throw new IllegalState(
      `The operation is ${operation.state} and can no longer be called back; the chain decides about it now.`,
      { field: 'input.id', details: { state: operation.state } },
    );
  }
  await releaseHolds(em, [operationId]);
  await announceEnd(em, 'operation.cancelled', [operationId]);
}
