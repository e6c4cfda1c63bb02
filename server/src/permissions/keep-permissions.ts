import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { present } from '../kernel/assert.ts';
import { permissionsOf } from '../operations/effect-rows.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { setWalletState } from '../wallets/set-wallet-state.ts';
import type { WalletState } from '../wallets/wallet-states.ts';
import {
  type AccountPermissions,
  permissionsOfAccount,
  readPermissions,
  writePermissions,
} from './account-permissions.ts';
import { judgeKey, likelySigner } from './key-powers.ts';

interface SeenAt {
  readonly block: number;
  readonly timeMs: number;
}

interface Known {
  address: Address;
  state: WalletState;
  /** What the desk signs under in the view that was observed. */
  permission_id: number;
  signer: Address | null;
  permissions: unknown;
}

/**
 * Keeps what an account allows whom, in the transaction of the observation that saw it. A change is
 * told once, and is an alarm unless the desk made it. A wallet whose key can no longer sell is
 * QUARANTINED. The wallet's row is locked, and was not observed later than this.
 */
export async function keepPermissions(
  em: EntityManager,
  walletId: string,
  account: AccountState | null,
  seen: SeenAt,
): Promise<void> {
  if (!account) return;
  const permissions = permissionsOfAccount(account);
  const known = present(await readKnown(em, walletId, seen.block), 'observed wallet');
  const signer = known.signer ?? (await rememberSigner(em, walletId, known, permissions));
  const before = known.permissions === null ? null : readPermissions(known.permissions);
  const changed = before !== null && writePermissions(before) !== writePermissions(permissions);
  const alarm = changed && !(await isOurs(em, known.address, permissions, seen.block));
  await store(em, walletId, permissions, seen, { changed, alarm });
  if (changed) {
    await recordEvents(em, [
      {
        kind: 'wallet.permissionsChanged',
        subjectKind: 'wallet',
        subjectId: walletId,
        payload: {
          old: JSON.parse(writePermissions(before)) as unknown,
          new: JSON.parse(writePermissions(permissions)) as unknown,
          block: seen.block,
          byTheDesk: !alarm,
        },
      },
    ]);
  }
  if (signer === null || (known.state !== 'ACTIVE' && known.state !== 'DRAINING')) return;
  const { missing } = judgeKey(permissions, signer, known.permission_id);
  if (missing.length === 0) return;
  await setWalletState(em, {
    walletId,
    state: 'QUARANTINED',
    reason: `The desk’s key ${signer} cannot sign ${missing.join(' and ')} under permission ${known.permission_id} any more (block ${seen.block}).`,
  });
}

/**
 * A switch of the key's permission is made at inclusion in a head block; a solid view from before
 * still has what was before.
 */
function readKnown(em: EntityManager, walletId: string, block: number): Promise<Known | undefined> {
  return queryOne<Known>(
    em,
    `select w.address, w.state, k.signer, p.permissions,
            coalesce((select c.permission_before from confinements c
                      join chain_operations o on o.id = c.operation_id
                      join attempts a on a.operation_id = o.id and a.state in ('INCLUDED', 'SOLID')
                      where c.wallet_id = w.id and a.included_block > $2
                      order by c.operation_id limit 1), w.permission_id) as permission_id
     from wallets w left join wallet_keys k on k.wallet_id = w.id
     left join wallet_permissions p on p.wallet_id = w.id where w.id = $1`,
    [walletId, block],
  );
}

/** Of wallets registered before signers were kept: whose key is sealed shows at the first look. */
async function rememberSigner(
  em: EntityManager,
  walletId: string,
  known: Known,
  permissions: AccountPermissions,
): Promise<Address | null> {
  const signer = likelySigner(permissions, known.address, known.permission_id);
  if (signer === null) return null;
  await query(em, 'update wallet_keys set signer = $2 where wallet_id = $1 and signer is null', [
    walletId,
    signer,
  ]);
  return signer;
}

/** Whether the account allows just what the desk's last permission update in a block made of it. */
async function isOurs(
  em: EntityManager,
  owner: Address,
  permissions: AccountPermissions,
  block: number,
): Promise<boolean> {
  const last = await queryOne<{ details: unknown }>(
    em,
    `select o.details from chain_operations o
     join attempts a on a.operation_id = o.id and a.state in ('INCLUDED', 'SOLID')
     where o.owner = $1 and o.kind = 'SET_PERMISSIONS' and a.included_block <= $2
     order by a.included_block desc limit 1`,
    [owner, block],
  );
  return last !== undefined && isSame(permissionsOf(last.details), permissions);
}

function isSame(one: AccountPermissions, other: AccountPermissions): boolean {
  return writePermissions(one) === writePermissions(other);
}

async function store(
  em: EntityManager,
  walletId: string,
  permissions: AccountPermissions,
  { block, timeMs }: SeenAt,
  { changed, alarm }: { readonly changed: boolean; readonly alarm: boolean },
): Promise<void> {
  await query(
    em,
    `insert into wallet_permissions as p (wallet_id, permissions, observed_block, observed_at)
     values ($1, $2::jsonb, $3, to_timestamp($4::float8 / 1000))
     on conflict (wallet_id) do update set
       permissions = excluded.permissions, observed_block = excluded.observed_block,
       observed_at = excluded.observed_at,
       changed_block = case when $5 then excluded.observed_block else p.changed_block end,
       changed_at = case when $5 then excluded.observed_at else p.changed_at end,
       alarm = case when $6 then $7 else p.alarm end`,
    [
      walletId,
      writePermissions(permissions),
      block,
      timeMs,
      changed,
      alarm,
      `The permissions of the account changed by block ${block}, and not by the desk.`,
    ],
  );
}
