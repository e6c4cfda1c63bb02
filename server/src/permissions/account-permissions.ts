import { z } from 'zod';
import { assert } from '../kernel/assert.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { FIRST_ACTIVE_PERMISSION, ownerPermissionOf } from '../tron/permissions.ts';
import type { ActivePermission, Permission } from '../chain/transaction.ts';

/** Everything that an account allows anybody; the ids of the active ones are 2, 3, … in order. */
export interface AccountPermissions {
  readonly owner: Permission;
  readonly actives: readonly ActivePermission[];
}

const count = z.string().regex(/^\d+$/).transform(BigInt);
const address = z.string().transform((text) => text as Address);
const permission = z.object({
  name: z.string(),
  threshold: count,
  keys: z.array(z.object({ address, weight: count })),
});
const stored = z.object({
  owner: permission,
  actives: z.array(permission.extend({ operations: z.string() })),
});

/** What the account allows, as it was read from the chain. */
export function permissionsOfAccount(account: AccountState): AccountPermissions {
  const actives = [...account.activePermissions].sort((a, b) => a.id - b.id);
  assert(
    actives.every(({ id }, index) => id === FIRST_ACTIVE_PERMISSION + index),
    'the chain numbers active permissions in order',
  );
  const { name, threshold, keys } = ownerPermissionOf(account);
  return {
    owner: { name, threshold, keys },
    actives: actives.map((one) => ({
      name: one.name,
      threshold: one.threshold,
      keys: one.keys,
      operations: one.operations,
    })),
  };
}

/** As JSON in one certain form, numbers as decimal strings: equal permissions are equal texts. */
export function writePermissions({ owner, actives }: AccountPermissions): string {
  const plain = ({ name, threshold, keys }: Permission) => ({
    name,
    threshold: threshold.toString(),
    keys: keys.map((key) => ({ address: key.address, weight: key.weight.toString() })),
  });
  return JSON.stringify({
    owner: plain(owner),
    actives: actives.map((one) => ({ ...plain(one), operations: one.operations })),
  });
}

/** Reads what {@link writePermissions} wrote, as the database gives it back. */
export function readPermissions(value: unknown): AccountPermissions {
  const parsed = stored.safeParse(value);
  assert(parsed.success, 'stored permissions are permissions');
  return parsed.data;
}
