import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import type { PurposeHandler } from '../operations/purposes.ts';
import type { Address } from '../chain/address.ts';

interface Switch {
  walletId: string;
  owner: Address;
  permission: number;
}

/**
 * Adds to what the fate of a wallet's operations means: as soon as a permission update of the desk is
 * in a block, the wallet's key signs under the new permission, and so does everything of orders
 * that is still to be sent. What was built before is refused by the chain, dies and is built again.
 * A fork that takes the block away takes this back.
 */
export function confining(inner: PurposeHandler): PurposeHandler {
  return {
    ...inner,
    async included(em, fates) {
      await inner.included(em, fates);
      await switchPermissions(em, operationIds(fates), 'permission_after');
    },
    async removed(em, fates) {
      await inner.removed(em, fates);
      await switchPermissions(em, operationIds(fates), 'permission_before');
    },
    async solid(em, fates) {
      await inner.solid(em, fates);
      await switchPermissions(em, operationIds(fates), 'permission_after');
    },
  };
}

function operationIds(fates: readonly { readonly operationId: string }[]): string[] {
  return fates.map(({ operationId }) => operationId);
}

async function switchPermissions(
  em: EntityManager,
  operations: readonly string[],
  to: 'permission_before' | 'permission_after',
): Promise<void> {
  const switches = await query<Switch>(
    em,
    `select w.id as "walletId", w.address as owner, c.${to} as permission
     from confinements c join wallets w on w.id = c.wallet_id
     where c.operation_id = any($1::uuid[]) and w.permission_id <> c.${to}
     order by w.id`,
    [operations],
  );
  for (const { walletId, owner, permission } of switches) {
    await because(em, 'the permissions of the account were replaced');
    // Rows of operations behind those of other wallets: a deadlock with a claim is tried again.
    await query(
      em,
      `with open as (
         select id from chain_operations
         where owner = $1 and kind in ('DELEGATE', 'UNDELEGATE') and state in ('INTENDED', 'ATTEMPTING')
         order by id for no key update)
       update chain_operations o set permission_id = $2 from open where o.id = open.id`,
      [owner, permission],
    );
    await query(
      em,
      `update wallets set permission_id = $2, permission_since = desk_now() where id = $1`,
      [walletId, permission],
    );
    await recordEvents(em, [
      {
        kind: 'wallet.permissionSwitched',
        subjectKind: 'wallet',
        subjectId: walletId,
        payload: { permissionId: permission },
      },
    ]);
  }
}
