import type { EntityManager } from '../database/database.ts';
import type { Actor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { type Currency } from '../kernel/money.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import type { AccountCode } from '../ledger/chart.ts';
import { type Posting, postTransfers } from '../ledger/post-transfers.ts';
import { InsufficientBalance } from '../users/user.errors.ts';

/** What the books need of a withdrawal; the reference of each of its transfers is its id. */
export interface WithdrawalMoney {
  readonly id: string;
  readonly userId: string | null;
  readonly sourceCode: AccountCode | null;
  readonly currency: Currency;
  readonly gross: bigint;
  readonly fee: bigint;
}

/** Kinds of the transfers: held when it is asked for, then either paid or given back. */
export const WITHDRAWAL_KINDS = {
  hold: 'withdrawal.hold',
  settle: 'withdrawal.settle',
  release: 'withdrawal.release',
} as const;

/** @throws InsufficientBalance */
export async function holdForWithdrawal(
  em: EntityManager,
  actor: Actor,
  money: WithdrawalMoney,
): Promise<void> {
  const { id, userId, currency, gross } = money;
  if (userId !== null) {
    const accounts = await userAccounts(em, [userId], currency, { lock: true });
    const { balance } = present(accounts.get(userId), 'accounts').available;
    if (balance < gross) throw new InsufficientBalance(gross, balance, currency, 'input.amount');
  }
  const { source, held } = await placesOf(em, money);
  await postTransfers(em, actor, [
    {
      kind: WITHDRAWAL_KINDS.hold,
      reference: id,
      postings: [
        { account: source, amount: -gross },
        { account: held, amount: gross },
      ],
    },
  ]);
}

/** What was held is paid and, as far as it is the fee, earned. Once for each, for ever. */
export async function settleMoney(
  em: EntityManager,
  actor: Actor,
  monies: readonly WithdrawalMoney[],
): Promise<void> {
  const transfers = [];
  for (const money of monies) {
    const { id, currency, gross, fee } = money;
    const { held } = await placesOf(em, money);
    const paid = await systemAccount(em, 'chain.withdrawals', currency);
    const postings: Posting[] = [
      { account: held, amount: -gross },
      { account: paid, amount: gross - fee },
    ];
    if (fee > 0n) {
      const earned = await systemAccount(em, 'desk.revenue.withdrawals', currency);
      postings.push({ account: earned, amount: fee });
    }
    transfers.push({ kind: WITHDRAWAL_KINDS.settle, reference: id, postings });
  }
  await postTransfers(em, actor, transfers);
}

/** What was held goes back to where it came from. Once for each, for ever. */
export async function releaseMoney(
  em: EntityManager,
  actor: Actor,
  monies: readonly (WithdrawalMoney & { readonly why?: string | undefined })[],
): Promise<void> {
  const transfers = [];
  for (const money of monies) {
    const { source, held } = await placesOf(em, money);
    transfers.push({
      kind: WITHDRAWAL_KINDS.release,
      reference: money.id,
      ...(money.why !== undefined && { reason: money.why }),
      postings: [
        { account: held, amount: -money.gross },
        { account: source, amount: money.gross },
      ],
    });
  }
  await postTransfers(em, actor, transfers);
}

/** Where the money is before, and where it waits. */
async function placesOf(
  em: EntityManager,
  { userId, sourceCode, currency }: WithdrawalMoney,
): Promise<{ readonly source: bigint; readonly held: bigint }> {
  if (userId !== null) {
    const accounts = await userAccounts(em, [userId], currency, { lock: false });
    const { available, held } = present(accounts.get(userId), 'accounts');
    return { source: available.id, held: held.id };
  }
  return {
    source: await systemAccount(em, present(sourceCode, 'source'), currency),
    held: await systemAccount(em, 'desk.withdrawals.held', currency),
  };
}
