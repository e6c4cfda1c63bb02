import { prepared } from '../database/bundle.ts';
import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import type { Signature, SignRequest } from '../signer/signing-desk.ts';
import type { Address } from '../chain/address.ts';

/** Asks the signer, wherever it runs. */
export type AskSigner = (request: SignRequest) => Promise<Signature>;

interface SealedKey {
  readonly address: Address;
  readonly permissionId: number;
  readonly sealed: string;
  /** Of a derived deposit address its index; null for a wallet. */
  readonly child: bigint | null;
}

/**
 * Gets signatures for the pool's wallets and for derived deposit addresses: reads the sealed key, which nobody here can open, and hands
 * it to the signer together with what is to be signed.
 */
export class PoolSigner {
  readonly #ask: AskSigner;

  constructor(ask: AskSigner) {
    this.#ask = ask;
  }

  /**
   * @returns what makes of raw data the full signed transaction, as hex; it throws Refusal and
   * SignerSilent
   */
  async forOwners(
    em: EntityManager,
    owners: readonly Address[],
  ): Promise<(owner: Address, rawDataHex: string) => Promise<string>> {
    const keys = await sealedKeys(em, owners);
    return async (owner, rawDataHex) => {
      const key = keys.get(owner);
      assert(key, `wallet ${owner} has a sealed key`);
      const { permissionId, sealed: sealedKey, child } = key;
      const { signedHex } = await this.#ask({
        owner,
        permissionId,
        rawDataHex,
        sealedKey,
        ...(child !== null && { child: Number(child) }),
      });
      return signedHex;
    };
  }
}

async function sealedKeys(
  em: EntityManager,
  owners: readonly Address[],
): Promise<Map<Address, SealedKey>> {
  const rows = await query<SealedKey>(em, SEALED_KEYS, [owners]);
  return new Map(rows.map((row) => [row.address, row]));
}

const SEALED_KEYS = prepared(
  `select w.address, w.permission_id as "permissionId", k.sealed, null::bigint as child
   from wallets w join wallet_keys k on k.wallet_id = w.id where w.address = any($1::text[])
   union all
   select d.address, 0, s.sealed, d.path_index
   from deposit_addresses d join deposit_seeds s on s.account_key = d.account_key
   where d.address = any($1::text[])
     and not exists (select from wallets w where w.address = d.address)`,
);
