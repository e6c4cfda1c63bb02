import { newAccount } from '../state/account.ts';
import type { StateView } from '../state/chain-state.ts';
import type { RuleContext } from '../rules/context.ts';
import { putAccount } from '../rules/context.ts';

/** What a call sees and would change: applied only when the call succeeds. */
export class World {
  private readonly view: StateView;
  private readonly tokens = new Map<string, bigint>();
  private readonly balances = new Map<string, bigint>();

  constructor(view: StateView) {
    this.view = view;
  }

  token(key: string): bigint {
    return this.tokens.get(key) ?? this.view.tokens.get(key) ?? 0n;
  }

  setToken(key: string, value: bigint): void {
    this.tokens.set(key, value);
  }

  balance(address: string): bigint {
    return this.balances.get(address) ?? this.view.accounts.get(address)?.balance ?? 0n;
  }

  activated(address: string): boolean {
    return this.view.accounts.get(address) !== undefined || this.balances.has(address);
  }

  contractKind(address: string): string | undefined {
    return this.view.accounts.get(address)?.contract;
  }

  /** Moves sun between accounts; false when the balance is short. */
  move(from: string, to: string, amount: bigint): boolean {
    if (amount === 0n) return true;
    if (this.balance(from) < amount) return false;
    this.balances.set(from, this.balance(from) - amount);
    this.balances.set(to, this.balance(to) + amount);
    return true;
  }

  /** Writes the changes into the chain's state. */
  apply(context: RuleContext): void {
    for (const [key, value] of this.tokens) {
      if (value === 0n) context.state.tokens.delete(key);
      else context.state.tokens.set(key, value);
    }
    for (const [address, balance] of this.balances) {
      const account = context.state.accounts.get(address) ?? newAccount(address, context.now);
      putAccount(context, { ...account, balance });
    }
  }
}
