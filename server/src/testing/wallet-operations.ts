import type { Address } from '../chain/address.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import type { WalletEffect } from '../staking/check-wallet-operation.ts';
import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { CoreDesk } from './core-desk.ts';

/** Blocks until something that is intended now is solid and seen. */
export const LANDED = 8;

/** Sun of so many TRX. */
export const trx = (amount: number): bigint => BigInt(amount) * UNIT;

/** Wants something of a wallet, under a name of its own unless told. @returns the operation */
export function intend(
  desk: CoreDesk,
  walletId: string,
  effect: WalletEffect,
  clientId = desk.ids.next(),
): Promise<string> {
  return desk.database.transaction(desk.actor, (em) =>
    intendWalletOperation(em, desk.ids, { walletId, effect, clientId, reason: 'a test' }),
  );
}

export interface FoundOperation {
  state: string;
  attempts: number;
  last_problem: string | null;
  waiting: boolean;
}

/** How far an operation has come, and whether it waits for its next try. */
export async function operation(desk: CoreDesk, id: string): Promise<FoundOperation> {
  const row = await queryOne<FoundOperation>(
    desk.database.read(),
    `select state, attempts, last_problem, due_at > desk_now() as waiting
     from chain_operations where id = $1`,
    [id],
  );
  return present(row, 'operation');
}

/** An account as the head block leaves it. */
export async function accountAtHead(desk: CoreDesk, address: Address): Promise<AccountState> {
  return present(await desk.chain.nodes.read((node) => node.account('head', address)), 'account');
}

export interface WalletStock {
  sellable: bigint;
  committed: bigint;
}

/** Sun that a wallet may sell, and sun of it that is promised. */
export async function stock(desk: CoreDesk, walletId: string): Promise<WalletStock> {
  const row = await queryOne<WalletStock>(
    desk.database.read(),
    'select sellable_sun as sellable, committed_sun as committed from wallets where id = $1',
    [walletId],
  );
  return present(row, 'wallet');
}

/** State of the hold on capacity that an operation has; undefined without one. */
export async function holdOf(desk: CoreDesk, id: string): Promise<string | undefined> {
  const row = await queryOne<{ state: string }>(
    desk.database.read(),
    'select state from wallet_holds where id = $1',
    [id],
  );
  return row?.state;
}

/** The time of the operation is over. */
export async function passDeadline(desk: CoreDesk, id: string): Promise<void> {
  await desk.database.transaction(desk.actor, (em) =>
    query(
      em,
      `update chain_operations set deadline_at = desk_now() - interval '1 second' where id = $1`,
      [id],
    ),
  );
}

/** The next try of the operation is due. */
export async function noMoreWaiting(desk: CoreDesk, id: string): Promise<void> {
  await desk.database.transaction(desk.actor, (em) =>
    query(em, `update chain_operations set due_at = desk_now() where id = $1`, [id]),
  );
}
