import {
  StakingAdviceDocument,
  type StakingAdviceQuery,
  StakingCalendarDocument,
  type StakingCalendarQuery,
  type StakingCalendarQueryVariables,
  WitnessesDocument,
  type WitnessesQuery,
} from '#lib/graphql/generated/graphql.ts';
import { Query, type Asked } from '#lib/graphql/query.svelte.ts';

type Data = {
  calendar: Query<StakingCalendarQuery, StakingCalendarQueryVariables>;
  advice: Asked<StakingAdviceQuery>;
  witnesses: Asked<WitnessesQuery>;
};

/** Stake, votes and advice; the margin of the advice is in the URL. */
export function load({ url }: { url: URL }): Data {
  const margin = url.searchParams.get('margin') ?? '';
  const chosen = /^\d{1,4}$/.test(margin) && Number(margin) <= 1000;
  return {
    calendar: new Query(StakingCalendarDocument, {}, ['Wallet', 'StakingCalendarEntry']),
    advice: new Query(StakingAdviceDocument, { marginPercent: chosen ? Number(margin) : null }),
    witnesses: new Query(WitnessesDocument, { first: 60 }),
  };
}
