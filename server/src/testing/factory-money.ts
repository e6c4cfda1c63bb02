import type { EntityManager } from '../database/database.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemAccount, type UserAccounts, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';

interface OrderMoney {
  readonly orderId: string;
  readonly sun: bigint;
}

/** Money for a user to begin with. */
export async function giveSun(
  em: EntityManager,
  actor: Actor,
  userId: string,
  sun: bigint,
): Promise<void> {
  const { available } = await accountsOf(em, userId);
  await post(em, actor, { kind: 'adjustment', reference: `factory ${userId}` }, [
    [available.id, sun],
    [await systemAccount(em, 'desk.adjustments', 'TRX'), -sun],
  ]);
}

/** The price of an order into what is held; with negative sun, back. */
export async function moveHeld(
  em: EntityManager,
  actor: Actor,
  userId: string,
  { kind, orderId, sun }: OrderMoney & { readonly kind: string },
): Promise<void> {
  const { available, held } = await accountsOf(em, userId);
  await post(em, actor, { kind, reference: orderId }, [
    [available.id, -sun],
    [held.id, sun],
  ]);
}

/** The price of a delivered order becomes revenue. */
export async function takeRevenue(
  em: EntityManager,
  actor: Actor,
  userId: string,
  { orderId, sun }: OrderMoney,
): Promise<void> {
  const { held } = await accountsOf(em, userId);
  await post(em, actor, { kind: 'order.revenue', reference: orderId }, [
    [held.id, -sun],
    [await systemAccount(em, 'desk.revenue.energy', 'TRX'), sun],
  ]);
}

async function accountsOf(em: EntityManager, userId: string): Promise<UserAccounts> {
  const accounts = await userAccounts(em, [userId], 'TRX', { lock: true });
  return present(accounts.get(userId), 'accounts of the user');
}

async function post(
  em: EntityManager,
  actor: Actor,
  transfer: { readonly kind: string; readonly reference: string },
  postings: readonly (readonly [bigint, bigint])[],
): Promise<void> {
  await postTransfers(em, actor, [
    { ...transfer, postings: postings.map(([account, amount]) => ({ account, amount })) },
  ]);
}
