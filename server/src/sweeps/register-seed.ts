import { HDKey } from '@scure/bip32';
import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { readSettings } from '../settings/read-settings.ts';
import { sealBytes } from '../wallets/seal-key.ts';

/** The private side of an account, sealed; only the signer can open it. */
export interface DepositSeedRow {
  /** The account's extended public key. */
  readonly accountKey: string;
  readonly sealedAt: Date;
  /** How many addresses were derived from it. */
  readonly addresses: bigint;
}

/** BIP-32 depth of an account: m/44'/195'/0'. */
const ACCOUNT_DEPTH = 3;
const FIELD = 'input.extendedPrivateKey';

/** What is sealed of an extended private key: the key, and the chain code that others come from. */
export interface AccountSecret {
  readonly accountKey: string;
  readonly bytes: Uint8Array;
}

/** @throws BadInput, which never shows what was given */
export function readAccountSecret(extendedPrivateKey: string): AccountSecret {
  let key: HDKey;
  try {
    key = HDKey.fromExtendedKey(extendedPrivateKey.trim());
  } catch {
    throw new BadInput('Give the extended private key of the account, xprv….', { field: FIELD });
  }
  const { privateKey, chainCode, publicExtendedKey, depth } = key;
  if (privateKey === null || chainCode === null || depth !== ACCOUNT_DEPTH) {
    throw new BadInput(
      'Give the extended private key of the account m/44’/195’/0’, not of the seed and not a public one.',
      { field: FIELD },
    );
  }
  return {
    accountKey: publicExtendedKey,
    bytes: Uint8Array.from([...privateKey, ...chainCode]),
  };
}

/**
 * Keeps the private side of an account that addresses are, or will be, derived from. Again replaces it,
 * sealed for the recipient of now.
 * @param secret overwritten
 * @returns the account's extended public key
 * @throws BadInput for an account that nothing is derived from
 */
export async function registerSeed(
  em: EntityManager,
  actor: Actor,
  { accountKey, bytes }: AccountSecret,
  recipient: string,
): Promise<string> {
  const { values } = await readSettings(em);
  const isUsed =
    values['deposits.accountKey'] === accountKey ||
    (await queryOne(em, 'select from deposit_addresses where account_key = $1 limit 1', [
      accountKey,
    ])) !== undefined;
  if (!isUsed) {
    throw new BadInput(
      'No deposit address is derived from this account: set its xpub as deposits.accountKey first.',
      { field: FIELD },
    );
  }
  const sealed = await sealBytes(bytes, recipient);
  await execute(
    em,
    `insert into deposit_seeds (account_key, sealed, recipient, sealed_by) values ($1, $2, $3, $4)
     on conflict (account_key) do update set sealed = excluded.sealed,
       recipient = excluded.recipient, sealed_by = excluded.sealed_by, sealed_at = desk_now()`,
    [accountKey, sealed, recipient, formatActor(actor)],
  );
  return accountKey;
}

/** Every account whose private side is kept. */
export function listSeeds(em: EntityManager): Promise<DepositSeedRow[]> {
  return query<DepositSeedRow>(
    em,
    `select s.account_key as "accountKey", s.sealed_at as "sealedAt",
            (select count(*) from deposit_addresses d where d.account_key = s.account_key) as addresses
     from deposit_seeds s order by s.sealed_at, s.account_key`,
  );
}
