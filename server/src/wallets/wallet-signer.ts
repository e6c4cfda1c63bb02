import type { Database } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import type { Address } from '../tron/address.ts';
import { decodeRawData } from '../tron/build-transaction.ts';
import { signTransaction } from '../tron/sign-transaction.ts';

/** Opens a sealed key; only the worker has the identity that can. */
export type OpenKey = (sealed: string) => Promise<string>;

/**
 * Signs for the pool's wallets, and only what delegates or undelegates for the named owner. Opened
 * keys stay in this object.
 */
export class WalletSigner {
  readonly #database: Database;
  readonly #openKey: OpenKey;
  readonly #keys = new Map<Address, Promise<string>>();

  constructor(database: Database, openKey: OpenKey) {
    this.#database = database;
    this.#openKey = openKey;
  }

  /** @returns the full signed transaction as hex. @throws when it is not ours to sign */
  async sign(owner: Address, rawDataHex: string): Promise<string> {
    const { effect } = decodeRawData(rawDataHex);
    assert(
      (effect.kind === 'delegate' || effect.kind === 'undelegate') && effect.owner === owner,
      `what is to be signed is no delegation of ${owner}`,
    );
    return signTransaction(rawDataHex, await this.#key(owner)).signedHex;
  }

  #key(owner: Address): Promise<string> {
    const known = this.#keys.get(owner);
    if (known) return known;
    const opening = this.#open(owner);
    this.#keys.set(owner, opening);
    // A failure is not remembered: the database or the identity may be back at the next try.
    opening.catch(() => this.#keys.delete(owner));
    return opening;
  }

  async #open(owner: Address): Promise<string> {
    const row = await queryOne<{ sealed: string }>(
      this.#database.read(),
      `select k.sealed from wallet_keys k join wallets w on w.id = k.wallet_id where w.address = $1`,
      [owner],
    );
    assert(row, `wallet ${owner} has a sealed key`);
    return this.#openKey(row.sealed);
  }
}
