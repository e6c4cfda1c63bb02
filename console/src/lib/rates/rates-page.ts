import { fetchOnce } from '../graphql/client.ts';
import {
  type RateRoundFactsFragment,
  RateRoundsDocument,
  RatesDocument,
  type RatesQuery,
  type RatesQueryVariables,
} from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';

/** Rates are not streamed; the exchanges are asked about twice a minute. In ms. */
const pause = 10_000;

/** The rate with its sources and its day, kept in step with the desk. */
export class RatesPage extends Query<RatesQuery, RatesQueryVariables> {
  readonly rounds: Pages<RateRoundFactsFragment>;

  constructor() {
    super(RatesDocument, {});
    this.rounds = new Pages(async (after) =>
      pageOf((await fetchOnce(RateRoundsDocument, { first: 10, after })).exchangeRates),
    );
  }

  /** Follows the rate until the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      void this.refresh();
      // Whoever reads further down is left alone.
      if (this.rounds.rows.length <= 10) void this.rounds.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}
