import type { ChainTransaction } from '../chain/block.ts';
import type { Address } from '../chain/address.ts';
import type { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Clock } from '../kernel/clock.ts';

/** Between two looks at all wallets; usage recovers by less than a per mille in it. */
const ALL_MS = 15_000;

/**
 * Says which wallets are looked at when: all of them every now and then, and at once those that have
 * just spent from their account in a solid block. A delegation needs no look: what it takes from the
 * stake is counted as sold already.
 */
export class WalletLooks {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #observe: (walletIds?: readonly string[]) => Promise<void>;
  readonly #waiting = new Set<Address>();
  #allAt: number | undefined;

  constructor(
    database: Database,
    clock: Clock,
    observe: (walletIds?: readonly string[]) => Promise<void>,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#observe = observe;
  }

  /** Solid transactions of the pool; telling them twice, or some that are rolled back, only costs a look. */
  spent(transactions: readonly Pick<ChainTransaction, 'owner' | 'kind' | 'value'>[]): void {
    for (const { owner, kind, value } of transactions) {
      if (owner === null || kind === 'DelegateResourceContract') continue;
      this.#waiting.add(owner);
      // Wallets pay each other.
      if (value.kind === 'TransferContract') this.#waiting.add(value.to);
    }
  }

  /** Whether some wallet shall be looked at before the next look at all of them. */
  due(): boolean {
    return this.#waiting.size > 0;
  }

  /** @returns the milliseconds until the next look */
  async look(): Promise<number> {
    const begun = this.#clock.monotonic();
    const owners = [...this.#waiting];
    this.#waiting.clear();
    const rest = this.#allAt === undefined ? 0 : this.#allAt + ALL_MS - begun;
    if (rest <= 0) {
      await this.#observe();
      this.#allAt = begun;
      return ALL_MS;
    }
    if (owners.length > 0) {
      const wallets = await query<{ id: string }>(
        this.#database.read(),
        'select id from wallets where address = any($1)',
        [owners],
      );
      // A look that fails is made up for by the next one at all of them.
      if (wallets.length > 0) await this.#observe(wallets.map(({ id }) => id));
    }
    return rest;
  }
}
