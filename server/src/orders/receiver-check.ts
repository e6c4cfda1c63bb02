import { LRUCache } from 'lru-cache';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { AddressIsContract, AddressNotActivated } from './order-placing.errors.ts';

/** Receivers that were found good; an account never ceases to exist, nor becomes a contract. */
const REMEMBERED = 100_000;

/**
 * Whether an address can be given Energy, by a node's word: a wrong word costs a refund later, never
 * money.
 */
export class ReceiverCheck {
  readonly #account: (address: Address) => Promise<AccountState | null>;
  // By size, not by number: a cache by number takes the memory of all of them at the start.
  readonly #good = new LRUCache<Address, true>({ maxSize: REMEMBERED, sizeCalculation: () => 1 });

  constructor(account: (address: Address) => Promise<AccountState | null>) {
    this.#account = account;
  }

  /** @throws AddressNotActivated, AddressIsContract, ChainUnavailable */
  async check(address: Address): Promise<void> {
    if (this.#good.has(address)) return;
    const account = await this.#account(address);
    if (!account) throw new AddressNotActivated(address);
    if (account.isContract) throw new AddressIsContract(address);
    this.#good.set(address, true);
  }
}
