import type { Database, EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import type { Actor } from '../kernel/actor.ts';
import { BadInput, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { permissionsOfAccount } from '../permissions/account-permissions.ts';
import {
  type ConfinementFacts,
  type ConfinementPlan,
  planConfinement,
} from './plan-confinement.ts';

export interface ConfinementParts {
  readonly database: Database;
  readonly ids: IdMaker;
  /** At the head, by a node's word: what the update would find. @throws ChainUnavailable */
  readonly account: (address: Address) => Promise<AccountState | null>;
  /** What the chain charges, in sun. @throws ChainUnavailable */
  readonly fees: () => { readonly permissionUpdate: bigint; readonly bandwidthPrice: bigint };
}

export interface ConfinementWish {
  readonly walletId: string;
  /** Null leaves the owner as it is, which confines nothing. */
  readonly coldOwner: Address | null;
}

/** Bytes of a permission update with one owner and one active key: about 400. */
const UPDATE_BYTES = 500n;

/**
 * What confining the wallet's key would do and cost, and what speaks against it.
 * @throws NotFound, ChainUnavailable
 */
export async function readConfinementPlan(
  parts: ConfinementParts,
  { walletId, coldOwner }: ConfinementWish,
): Promise<ConfinementPlan> {
  const { address } = await findWallet(parts.database.read(), walletId);
  const chain = await askChain(parts, address, coldOwner);
  return planConfinement(await readFacts(parts.database.read(), walletId, chain));
}

export interface ConfinementCommand extends ConfinementWish {
  readonly actor: Actor;
  /** The wallet's address, typed again. */
  readonly confirm: string;
  readonly clientId: string;
  readonly reason: string;
}

/**
 * Intends the permission update that leaves the wallet's key able to delegate and take back, and
 * nothing else. Once it is in a block, the desk signs under the new permission (`confining`).
 * `record` writes what else belongs into the same transaction.
 * @returns the operation's id; the same for the same client id and content
 * @throws NotFound, BadInput, IllegalState with the checks that fail, IdempotencyConflict,
 *   WalletBalanceTooLow, WalletNotObserved, ChainUnavailable
 */
export async function confineWallet(
  parts: ConfinementParts,
  command: ConfinementCommand,
  record: (em: EntityManager, operationId: string, plan: ConfinementPlan) => Promise<void>,
): Promise<string> {
  const { actor, walletId, coldOwner, confirm, clientId, reason } = command;
  const { database, ids } = parts;
  const { address } = await findWallet(database.read(), walletId);
  if (confirm.trim() !== address) {
    throw new BadInput('Type the address of this very wallet to confirm.', {
      field: 'input.confirm',
    });
  }
  const chain = await askChain(parts, address, coldOwner);
  return database.transaction(actor, async (em) => {
    const plan = planConfinement(await readFacts(em, walletId, chain));
    const operationId = await intendWalletOperation(em, ids, {
      walletId,
      effect: {
        kind: 'setPermissions',
        ownerPermission: plan.after.owner,
        actives: plan.after.actives,
      },
      clientId,
      reason,
    });
    const fresh = await execute(
      em,
      `insert into confinements (operation_id, wallet_id, cold_owner, permission_before, permission_after)
       select $1, id, $2, permission_id, $3 from wallets where id = $4
       on conflict (operation_id) do nothing`,
      [operationId, coldOwner, plan.permissionAfter, walletId],
    );
    // A repeated request finds its own operation, and is judged by nothing that came after it.
    if (fresh > 0) requirePossible(plan);
    await record(em, operationId, plan);
    return operationId;
  });
}

function requirePossible({ checks }: ConfinementPlan): void {
  const [failed] = checks.filter(({ passed }) => !passed);
  if (!failed) return;
  throw new IllegalState(failed.detail, {
    field: failed.field,
    details: { failed: checks.filter(({ passed }) => !passed).map(({ name }) => name) },
  });
}

async function findWallet(em: EntityManager, walletId: string): Promise<{ address: Address }> {
  const wallet = isUuid(walletId)
    ? await queryOne<{ address: Address }>(em, 'select address from wallets where id = $1', [
        walletId,
      ])
    : undefined;
  if (!wallet) throw new NotFound('There is no such wallet.', { field: 'input.walletId' });
  return wallet;
}

interface ChainFacts {
  readonly account: AccountState;
  readonly cold: { readonly address: Address; readonly account: AccountState | null } | null;
  readonly feeSun: bigint;
  readonly bandwidthFeeSun: bigint;
}

async function askChain(
  parts: ConfinementParts,
  address: Address,
  coldOwner: Address | null,
): Promise<ChainFacts> {
  const [account, cold] = await Promise.all([
    parts.account(address),
    coldOwner === null ? null : parts.account(coldOwner),
  ]);
  if (!account) {
    throw new IllegalState('The account is not activated on the chain.', {
      field: 'input.walletId',
    });
  }
  const { permissionUpdate, bandwidthPrice } = parts.fees();
  return {
    account,
    cold: coldOwner === null ? null : { address: coldOwner, account: cold },
    feeSun: permissionUpdate,
    bandwidthFeeSun: UPDATE_BYTES * bandwidthPrice,
  };
}

async function readFacts(
  em: EntityManager,
  walletId: string,
  { account, cold, feeSun, bandwidthFeeSun }: ChainFacts,
): Promise<ConfinementFacts> {
  const row = await queryOne<{
    signer: Address | null;
    permission_id: number;
    spending: bigint;
    under_way: boolean;
    is_ours: boolean;
  }>(
    em,
    `select k.signer, w.permission_id, coalesce(o.sun, 0)::bigint as spending,
            coalesce(o.updates > 0, false) as under_way,
            exists (select from wallets x left join wallet_keys y on y.wallet_id = x.id
                    where x.address = $2 or y.signer = $2) as is_ours
     from wallets w left join wallet_keys k on k.wallet_id = w.id
     left join lateral (
       select sum(coalesce(amount_sun, (details ->> 'feeLimitSun')::bigint)) as sun, count(*) filter (where kind = 'SET_PERMISSIONS') as updates
       from chain_operations
       where owner = w.address and kind in ('FREEZE', 'TRANSFER', 'TOKEN_TRANSFER', 'SET_PERMISSIONS')
         and state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')) o on true
     where w.id = $1`,
    [walletId, cold?.address ?? null],
  );
  return {
    address: account.address,
    signer: row?.signer ?? null,
    permissionId: row?.permission_id ?? 0,
    present: permissionsOfAccount(account),
    balance: account.balance - (row?.spending ?? 0n),
    feeSun,
    bandwidthFeeSun,
    underWay: row?.under_way ?? false,
    cold: cold && {
      address: cold.address,
      activated: cold.account !== null,
      isContract: cold.account?.isContract ?? false,
      isOurs: row?.is_ours ?? false,
    },
  };
}
