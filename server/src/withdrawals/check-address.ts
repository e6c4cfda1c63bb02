import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import type { Address } from '../chain/address.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { PayeeIsOurs, PayoutNotPossible } from './withdrawals.errors.ts';

/**
 * What no node is needed for.
 * @throws PayeeIsOurs, PayoutNotPossible (a denied address)
 */
export async function checkPayee(
  em: EntityManager,
  address: Address,
  values: SettingValues,
  field: string,
): Promise<void> {
  if (await belongsToDesk(em, address, values)) throw new PayeeIsOurs(field);
  if (values['withdrawals.deniedAddresses'].includes(address)) {
    throw new PayoutNotPossible('Nothing is paid to this address; support can tell why.', {
      field,
    });
  }
}

async function belongsToDesk(
  em: EntityManager,
  address: Address,
  values: SettingValues,
): Promise<boolean> {
  if (values['staking.treasuryAddresses'].includes(address)) return true;
  const row = await queryOne(
    em,
    `select from wallets where address = $1
     union all select from deposit_addresses where address = $1 limit 1`,
    [address],
  );
  return row !== undefined;
}
