import {
  DepositSeedsDocument,
  type DepositSeedsQuery,
  SweepPlanDocument,
  type SweepPlanQuery,
} from '#lib/graphql/generated/graphql.ts';
import { type Asked, Query } from '#lib/graphql/query.svelte.ts';
import { SweepList } from '#lib/sweeps/sweep-list.ts';

type Data = { plan: Asked<SweepPlanQuery>; seeds: Asked<DepositSeedsQuery>; list: SweepList };

/** What is on users' own deposit addresses; the plan is asked for by those who may plan. */
export function load(): Data {
  return {
    plan: new Query(SweepPlanDocument, {}),
    seeds: new Query(DepositSeedsDocument, {}, ['DepositSeed']),
    list: new SweepList(),
  };
}
