import { may } from '#lib/access/permissions.ts';
import { startOfDay } from '#lib/format/time.ts';
import {
  ChainCostsDocument,
  type ChainCostsQuery,
  UpkeepDocument,
  type UpkeepQuery,
  type UpkeepQueryVariables,
} from '#lib/graphql/generated/graphql.ts';
import { type Asked, Query } from '#lib/graphql/query.svelte.ts';

type Data = {
  upkeep: Query<UpkeepQuery, UpkeepQueryVariables>;
  /** Undefined for those who may not see what is spent. */
  costs: Asked<ChainCostsQuery> | undefined;
};

const day = 86_400_000;

/** The gas station, and what the chain has burnt in the last 14 days. */
export async function load({ parent }: { parent: () => Promise<unknown> }): Promise<Data> {
  // Who is signed in decides what is asked for.
  await parent();
  const today = startOfDay(Date.now());
  const period = {
    from: new Date(today - 13 * day).toISOString(),
    to: new Date(today + day).toISOString(),
  };
  return {
    upkeep: new Query(UpkeepDocument, {}, ['Upkeep', 'TopUp']),
    costs: may('readChainCosts') ? new Query(ChainCostsDocument, period) : undefined,
  };
}
