import type { Database, EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { AccountState } from '../tron/account-reply.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { BadPrivateKey } from '../chain/chain.errors.ts';
import { requireSigner } from './judge-signer.ts';
import { sealKey } from './seal-key.ts';
import { WalletExists, WalletWithoutStake } from './wallet.errors.ts';

export interface RegisterWalletCommand {
  readonly actor: Actor;
  readonly label: string;
  /** 64 hexadecimal digits; sealed at once, and kept by nothing else. */
  readonly privateKey: string;
  /** The permission that the key signs under: 0 for the owner's, 2 and above for active ones. */
  readonly permissionId: number;
  /** The account, when the key is only one of its permission's keys. */
  readonly address: Address | null;
}

export interface RegistrationParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** The age public key that keys are sealed for. */
  readonly recipient: string;
  /** An account by a node's word, which is enough here: what can be sold is observed, not believed. */
  readonly account: (address: Address) => Promise<AccountState | null>;
}

const MAX_LABEL = 64;

/**
 * Takes a wallet into the pool, ACTIVE, with its key sealed. What it can sell shows at its first
 * observation. `record` writes what else belongs into the same transaction.
 * @returns the wallet's id
 * @throws BadPrivateKey, WalletWithoutStake, WalletExists, BadInput, ChainUnavailable
 */
export async function registerWallet(
  { database, ids, recipient, account: readAccount }: RegistrationParts,
  command: RegisterWalletCommand,
  record: (em: EntityManager, walletId: string, address: Address) => Promise<void>,
): Promise<string> {
  const label = readLabel(command.label);
  const privateKey = command.privateKey.trim();
  const signer = signerOf(privateKey);
  const address = command.address ?? signer;
  if (await isKnown(database.read(), address)) throw new WalletExists(address);
  const account = await readAccount(address);
  if (!account) throw new WalletWithoutStake(address, 'it is not activated on the chain');
  requireSigner(account, signer, command.permissionId);
  if (account.frozen.energy + account.delegatedOut.energy <= 0n) {
    throw new WalletWithoutStake(address, 'no TRX are staked for Energy');
  }
  const sealed = await sealKey(privateKey, recipient);
  const walletId = ids.next();
  await database.transaction(
    command.actor,
    async (em) => {
      if (await isKnown(em, address)) throw new WalletExists(address);
      await query(
        em,
        `insert into wallets (id, address, label, state, permission_id)
         values ($1, $2, $3, 'ACTIVE', $4)`,
        [walletId, address, label, command.permissionId],
      );
      await query(
        em,
        'insert into wallet_keys (wallet_id, sealed, recipient, signer) values ($1, $2, $3, $4)',
        [walletId, sealed, recipient, signer],
      );
      await record(em, walletId, address);
    },
    'registered',
  );
  return walletId;
}

async function isKnown(em: EntityManager, address: Address): Promise<boolean> {
  const row = await queryOne(em, 'select 1 from wallets where address = $1', [address]);
  return row !== undefined;
}

function signerOf(privateKey: string): Address {
  try {
    return addressOfKey(privateKey);
  } catch (error) {
    if (!(error instanceof BadPrivateKey)) throw error;
    throw new BadPrivateKey(error.message, { field: 'input.privateKey' });
  }
}

function readLabel(text: string): string {
  const label = text.trim();
  if (label === '' || label.length > MAX_LABEL || /\p{C}/u.test(label)) {
    throw new BadInput(`A label has 1 to ${MAX_LABEL} printable characters.`, {
      field: 'input.label',
    });
  }
  return label;
}
