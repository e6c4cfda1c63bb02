import type { ContractCall } from '../wire/messages.ts';
import type { Transaction } from '../wire/transaction.ts';
import { payForTransaction } from './bandwidth.ts';
import type { BandwidthBill } from './bandwidth.ts';
import { putAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import { delegate, undelegate } from './delegate.ts';
import type { Effect } from './effect.ts';
import { updatePermissions } from './permission-update.ts';
import { withdrawReward } from './rewards.ts';
import { cancelUnfreezes, freeze, unfreeze, withdrawExpired } from './stake.ts';
import { createAccount, transfer } from './transfer.ts';
import { trigger } from './trigger.ts';
import { vote } from './vote.ts';

/** A transaction that was executed: what it cost and did. */
export interface Execution {
  readonly transaction: Transaction;
  readonly bill: BandwidthBill;
  readonly effect: Effect;
  /** contractRet */
  readonly result: string;
}

/** Validates and executes one contract. Throws ContractValidateError. */
export function executeContract(
  context: RuleContext,
  call: ContractCall,
  feeLimit: bigint,
  txid: string,
  building = false,
): Effect {
  switch (call.name) {
    case 'AccountCreateContract':
      return createAccount(context, call.value);
    case 'TransferContract':
      return transfer(context, call.value);
    case 'VoteWitnessContract':
      return vote(context, call.value);
    case 'WithdrawBalanceContract':
      return withdrawReward(context, call.value);
    case 'TriggerSmartContract':
      return trigger(context, call.value, feeLimit, txid);
    case 'AccountPermissionUpdateContract':
      return updatePermissions(context, call.value);
    case 'FreezeBalanceV2Contract':
      return freeze(context, call.value);
    case 'UnfreezeBalanceV2Contract':
      return unfreeze(context, call.value);
    case 'WithdrawExpireUnfreezeContract':
      return withdrawExpired(context, call.value);
    case 'DelegateResourceContract':
      return delegate(context, call.value, building);
    case 'UnDelegateResourceContract':
      return undelegate(context, call.value);
    case 'CancelAllUnfreezeV2Contract':
      return cancelUnfreezes(context, call.value);
  }
}

/**
 * Pays for and executes a transaction: all of it or nothing.
 * Throws ContractValidateError, ContractExecuteError or ResourceInsufficientError.
 */
export function executeTransaction(context: RuleContext, transaction: Transaction): Execution {
  const { state } = context;
  state.push();
  try {
    const bill = payForTransaction(context, transaction);
    const { call, raw, txid } = transaction;
    const effect = executeContract(context, call, raw.fee_limit, txid);
    const owner = state.accounts.get(transaction.owner);
    if (owner) putAccount(context, { ...owner, operationTime: context.now });
    state.merge();
    return { transaction, bill, effect, result: effect.vm?.result ?? 'SUCCESS' };
  } catch (error) {
    state.revert();
    throw error;
  }
}
