import type { EntityManager } from '../database/database.ts';
import { execute, query } from '../database/query.ts';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import type { Address } from '../chain/address.ts';

/** What a node said of an account: CONTRACTs cannot be given Energy. */
export type AddressOnChain = 'ACTIVATED' | 'NOT_ACTIVATED' | 'CONTRACT';

/** An address that a user keeps to send Energy to. */
export interface UserAddressRow {
  readonly userId: string;
  readonly address: Address;
  readonly label: string | null;
  readonly isDefault: boolean;
  readonly createdAt: Date;
  /** As it was last seen; null while no node has answered. */
  readonly onChain: AddressOnChain | null;
  readonly lookedAt: Date | null;
}

/** A user keeps no more addresses than this. */
export const MAX_ADDRESSES = 100;
const MAX_LABEL = 60;

/** The addresses of several users, each user's default first, then in the order they were added. */
export async function userAddressesOf(
  em: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, UserAddressRow[]>> {
  const rows = await query<UserAddressRow>(
    em,
    `select user_id as "userId", address, label, is_default as "isDefault", created_at as "createdAt",
       on_chain as "onChain", looked_at as "lookedAt"
     from user_addresses where user_id = any($1::uuid[])
     order by user_id, is_default desc, created_at, address`,
    [userIds],
  );
  return Map.groupBy(rows, ({ userId }) => userId);
}

/** {@link userAddressesOf} for one. */
export async function addressesOf(em: EntityManager, userId: string): Promise<UserAddressRow[]> {
  return (await userAddressesOf(em, [userId])).get(userId) ?? [];
}

/**
 * Keeps an address for the user. For one already kept it changes the label, unless null is given.
 * The first one is the default.
 * @throws BadInput when the label is too long or the user has 100 addresses
 */
export async function addAddress(
  em: EntityManager,
  userId: string,
  address: Address,
  label: string | null = null,
  onChain: AddressOnChain | null = null,
): Promise<void> {
  const name = label?.trim() ?? '';
  if (name.length > MAX_LABEL) {
    throw new BadInput(`Give the address a name of at most ${MAX_LABEL} characters.`, {
      field: 'input.label',
    });
  }
  await lockAddresses(em, userId);
  const kept = await addressesOf(em, userId);
  if (kept.length >= MAX_ADDRESSES && !kept.some((one) => one.address === address)) {
    throw new BadInput(`A user keeps at most ${MAX_ADDRESSES} addresses: remove one first.`, {
      field: 'input.address',
    });
  }
  await execute(
    em,
    `insert into user_addresses (user_id, address, label, is_default, on_chain, looked_at)
     values ($1, $2, $3, $4, $5::text, case when $5::text is not null then desk_now() end)
     on conflict (user_id, address) do update set
       label = case when $6 then user_addresses.label else excluded.label end,
       on_chain = coalesce(excluded.on_chain, user_addresses.on_chain),
       looked_at = coalesce(excluded.looked_at, user_addresses.looked_at)`,
    [userId, address, name === '' ? null : name, kept.length === 0, onChain, label === null],
  );
}

/**
 * Forgets an address; when it was the default, the oldest of the others becomes it.
 * @returns false when the user does not keep it
 */
export async function removeAddress(
  em: EntityManager,
  userId: string,
  address: Address,
): Promise<boolean> {
  await lockAddresses(em, userId);
  const kept = await addressesOf(em, userId);
  const gone = kept.find((one) => one.address === address);
  if (!gone) return false;
  await execute(em, 'delete from user_addresses where user_id = $1 and address = $2', [
    userId,
    address,
  ]);
  const heir = kept.find((one) => one !== gone);
  if (gone.isDefault && heir) await chooseDefault(em, userId, heir.address);
  return true;
}

/** @throws NotFound when the user does not keep this address */
export async function setDefaultAddress(
  em: EntityManager,
  userId: string,
  address: Address,
): Promise<void> {
  await lockAddresses(em, userId);
  const kept = await addressesOf(em, userId);
  if (!kept.some((one) => one.address === address)) {
    throw new NotFound('The user does not keep this address: add it first.', {
      field: 'input.address',
    });
  }
  await chooseDefault(em, userId, address);
}

async function chooseDefault(em: EntityManager, userId: string, address: Address): Promise<void> {
  await execute(
    em,
    `update user_addresses set is_default = (address = $2)
     where user_id = $1 and is_default <> (address = $2)`,
    [userId, address],
  );
}

/** One user's addresses change one at a time, so that exactly one of them is the default. */
async function lockAddresses(em: EntityManager, userId: string): Promise<void> {
  await query(em, 'select from users where id = $1 for no key update', [userId]);
}
