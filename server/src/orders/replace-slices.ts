import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Address } from '../chain/address.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { allocate, takeShares } from '../capacity/allocate.ts';
import { lockSellingWallets } from '../capacity/capacity.ts';
import { allocationTerms, reserveOf } from '../capacity/kept-back.ts';
import { addSlices, type NewSlices } from './add-slices.ts';
import { appendChoices, type MadeChoice } from './wallet-choices.ts';

export interface ReplacingParts {
  readonly ids: IdMaker;
  /** Energy per stake by the chain's last known parameters. */
  readonly ratio: () => ResourceRatio;
}

interface DroppedSlice {
  order_id: string;
  receiver: Address;
  deadline_at: Date;
  energy: bigint;
  positions: number;
  failed_wallets: string[];
}

/**
 * Gives the Energy of dropped slices to other wallets, or to the same again where no other has it,
 * as long as the order is open and within its deadline. The orders are locked.
 */
export async function replaceSlices(
  em: EntityManager,
  sliceIds: readonly string[],
  { ids, ratio }: ReplacingParts,
): Promise<void> {
  const dropped = await query<DroppedSlice>(
    em,
    `select o.id as order_id, o.receiver, o.deadline_at, sum(s.energy)::bigint as energy,
            (select max(position) from order_slices where order_id = o.id) as positions,
            array(select wallet_id from order_slices
                  where order_id = o.id and state = 'DROPPED') as failed_wallets
     from order_slices s join orders o on o.id = s.order_id
     where s.id = any($1::uuid[]) and o.state in ('PENDING', 'PROCESSING')
       and o.deadline_at > desk_now()
     group by o.id order by o.id`,
    [sliceIds],
  );
  if (dropped.length === 0) return;
  const { values } = await readSettings(em);
  const terms = allocationTerms(values, ratio());
  const wallets = await lockSellingWallets(em, reserveOf(values));
  const free = new Map(wallets.map((wallet) => [wallet.walletId, wallet]));
  const replacements: NewSlices[] = [];
  const choices: MadeChoice[] = [];
  for (const slice of dropped) {
    const candidates = [...free.values()];
    const others = candidates.filter(({ walletId }) => !slice.failed_wallets.includes(walletId));
    const allocation =
      allocate(slice.energy, others, terms) ?? allocate(slice.energy, candidates, terms);
    if (!allocation) continue;
    takeShares(allocation, free);
    choices.push({ orderId: slice.order_id, choice: allocation.choice });
    replacements.push({
      orderId: slice.order_id,
      receiver: slice.receiver,
      deadlineAt: slice.deadline_at,
      firstPosition: slice.positions + 1,
      shares: allocation.shares,
    });
  }
  await because(em, 'another wallet takes over');
  await addSlices(em, ids, replacements, wallets);
  await appendChoices(em, choices, 'TAKEN_OVER');
}
