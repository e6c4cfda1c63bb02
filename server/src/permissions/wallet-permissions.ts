import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import type { Address } from '../chain/address.ts';
import { type AccountPermissions, readPermissions } from './account-permissions.ts';

/** What a wallet's account allows, as last seen in the solid view. */
export interface WalletPermissionsRow {
  readonly walletId: string;
  readonly address: Address;
  /** Of the desk's key; null where it is not known. */
  readonly signer: Address | null;
  /** Under which the desk signs. */
  readonly permissionId: number;
  readonly permissions: AccountPermissions;
  readonly observedBlock: number;
  readonly observedAt: Date;
  readonly changedBlock: number | null;
  readonly changedAt: Date | null;
  /** Of a change that was not the desk's and that nobody has taken note of. */
  readonly alarm: string | null;
}

/** Of the wallets that were looked at. */
export async function permissionsOfWallets(
  em: EntityManager,
  walletIds: readonly string[],
): Promise<Map<string, WalletPermissionsRow>> {
  const rows = await query<Omit<WalletPermissionsRow, 'permissions'> & { permissions: unknown }>(
    em,
    `select w.id as "walletId", w.address, k.signer, w.permission_id as "permissionId", p.permissions,
            p.observed_block::int as "observedBlock", p.observed_at as "observedAt",
            p.changed_block::int as "changedBlock", p.changed_at as "changedAt", p.alarm
     from wallet_permissions p join wallets w on w.id = p.wallet_id
     left join wallet_keys k on k.wallet_id = w.id where w.id = any($1::uuid[])`,
    [walletIds],
  );
  return new Map(
    rows.map((row) => [
      row.walletId,
      { ...row, permissions: readPermissions(row.permissions) } satisfies WalletPermissionsRow,
    ]),
  );
}

/** Labels of the wallets whose permissions changed without the desk, and nobody has taken note. */
export async function permissionAlarms(em: EntityManager): Promise<string[]> {
  const rows = await query<{ label: string }>(
    em,
    `select w.label from wallet_permissions p join wallets w on w.id = p.wallet_id
     where p.alarm is not null order by w.label`,
  );
  return rows.map(({ label }) => label);
}

const MAX_REASON = 500;

/**
 * Ends the alarm of a permission change. A wallet that was quarantined for it stays so.
 * @throws NotFound, BadInput without a reason
 */
export async function notePermissionChange(
  em: EntityManager,
  walletId: string,
  reason: string,
): Promise<void> {
  const why = reason.trim();
  if (why === '' || why.length > MAX_REASON) {
    throw new BadInput(`Give a reason, of up to ${MAX_REASON} characters.`, {
      field: 'input.reason',
    });
  }
  const known = isUuid(walletId)
    ? await queryOne<{ alarm: string | null }>(
        em,
        `select p.alarm from wallet_permissions p where p.wallet_id = $1 for no key update`,
        [walletId],
      )
    : undefined;
  if (!known) {
    throw new NotFound('There is no such wallet, or it was not looked at yet.', {
      field: 'input.walletId',
    });
  }
  if (known.alarm === null) return;
  await because(em, why);
  await query(em, 'update wallet_permissions set alarm = null where wallet_id = $1', [walletId]);
  await recordEvents(em, [
    {
      kind: 'wallet.permissionsNoted',
      subjectKind: 'wallet',
      subjectId: walletId,
      payload: { reason: why },
    },
  ]);
}
