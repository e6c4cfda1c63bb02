import type { ChainState } from '../state/chain-state.ts';
import { slotMs } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import type { Account } from '../state/account.ts';
import { newAccount } from '../state/account.ts';
import { globalsOf } from '../state/chain-state.ts';

/** What a rule works on: the state, and the time of the parent block. */
export interface RuleContext {
  readonly state: ChainState;
  readonly parameters: Parameters;
  /** Timestamp of the parent block, ms: java-tron's getLatestBlockHeaderTimestamp. */
  readonly now: number;
  /** Slots since genesis of the parent block: the unit of resource recovery. */
  readonly slot: bigint;
}

/** Makes a context for one moment. */
export function ruleContext(
  state: ChainState,
  parameters: Parameters,
  now: number,
  genesisTime: number,
): RuleContext {
  return { state, parameters, now, slot: slotOf(now, genesisTime) };
}

/** Slots since genesis. */
export function slotOf(now: number, genesisTime: number): bigint {
  return BigInt(Math.floor((now - genesisTime) / slotMs));
}

/** Refused by a contract's validation; broadcast code CONTRACT_VALIDATE_ERROR. */
export class ContractValidateError extends Error {}

/** Failed while executing; broadcast code CONTRACT_EXE_ERROR. */
export class ContractExecuteError extends Error {}

/** Neither bandwidth nor TRX for it; broadcast code BANDWITH_ERROR. */
export class ResourceInsufficientError extends Error {}

/** A wrong signature or permission; broadcast code SIGERROR. */
export class SignatureError extends Error {}

/** The account, or ContractValidateError with the given text. */
export function requireAccount(context: RuleContext, address: string, text: string): Account {
  const account = context.state.accounts.get(address);
  if (!account) throw new ContractValidateError(text);
  return account;
}

/** Writes an account. */
export function putAccount(context: RuleContext, account: Account): void {
  context.state.accounts.set(account.address, account);
}

/** Adds to a balance, activating the account when it is new. Negative amounts must be covered. */
export function addBalance(context: RuleContext, address: string, amount: bigint): void {
  const account = context.state.accounts.get(address) ?? newAccount(address, context.now);
  putAccount(context, { ...account, balance: account.balance + amount });
}

/** Takes a fee out of an account and out of the world. False when the balance does not cover it. */
export function burn(context: RuleContext, address: string, fee: bigint): boolean {
  if (fee === 0n) return true;
  const account = context.state.accounts.get(address);
  if (!account || account.balance < fee) return false;
  putAccount(context, { ...account, balance: account.balance - fee });
  const globals = globalsOf(context.state);
  context.state.globals.set('chain', { ...globals, burned: globals.burned + fee });
  return true;
}
