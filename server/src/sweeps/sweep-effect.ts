import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { Address } from '../chain/address.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import type { SweepRow } from './sweep-rows.ts';

/** What a sweep does on the chain. */
export function effectOfSweep(
  sweep: Pick<SweepRow, 'address' | 'to' | 'currency' | 'amount' | 'feeLimitSun'>,
  contract: Address,
): ChainEffect {
  const { address: owner, to, currency, amount, feeLimitSun } = sweep;
  return currency === 'TRX'
    ? { kind: 'transfer', owner, to, amountSun: amount }
    : { kind: 'tokenTransfer', owner, contract, to, amount, feeLimitSun };
}

/** A time by the database's clock. */
export async function deadlineIn(em: EntityManager, seconds: number): Promise<Date> {
  const row = await queryOne<{ at: Date }>(
    em,
    'select desk_now() + make_interval(secs => $1) as at',
    [seconds],
  );
  return present(row, 'deadline').at;
}
