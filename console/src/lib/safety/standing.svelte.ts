import { may } from '../access/permissions.ts';
import { followDeposits } from '../deposits/follow-deposits.ts';
import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import {
  DifferenceChangedDocument,
  SafeModeChangedDocument,
  type SafeModeFactsFragment,
  StandingDocument,
  type StandingQuery,
} from '../graphql/generated/graphql.ts';
import { listen } from '../live/live.ts';

/** The signer is not streamed: what stops it is seen within this, in ms. */
const pause = 10_000;

function countOf(
  list: { edges: readonly unknown[]; pageInfo: { hasNextPage: boolean } } | undefined,
): string {
  if (list === undefined || list.edges.length === 0) return '';
  return `${list.edges.length}${list.pageInfo.hasNextPage ? '+' : ''}`;
}

/** What holds the desk back at the moment, for the frame around every page. */
class Standing {
  #answer = $state.raw<StandingQuery>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get entries(): SafeModeFactsFragment['entries'] {
    return this.#answer?.safeMode.entries ?? [];
  }

  /** Undefined before the first answer. */
  get signer(): StandingQuery['signer'] | undefined {
    return this.#answer?.signer;
  }

  /** Differences that nobody has explained: exact up to a hundred, then `100+`; '' when none. */
  get openDifferences(): string {
    return countOf(this.#answer?.differences);
  }

  /** Deposits that wait for a person, counted likewise. */
  get unclaimedDeposits(): string {
    return countOf(this.#answer?.deposits);
  }

  /** Withdrawals that wait for a person, counted likewise. */
  get waitingWithdrawals(): string {
    return countOf(this.#answer?.withdrawals);
  }

  /** Many deposits at once are one look, a second later. */
  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, 1_000);
  }

  refresh = async (): Promise<void> => {
    if (!may('seePool')) return;
    try {
      this.#answer = await fetchOnce(StandingDocument, {});
    } catch (error) {
      // What is shown stays; the page itself says that the desk is away.
      if (!(error instanceof DeskError)) throw error;
    }
  };

  /** Follows the desk until the result is called. Start it inside an effect. */
  watch(): () => void {
    if (!may('seePool')) return () => undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    const stops = [
      listen({
        document: SafeModeChangedDocument,
        variables: {},
        cursorOf: (data) => data.safeModeChanged.cursor,
        onChange: ({ safeModeChanged: { safeMode } }) => {
          if (this.#answer !== undefined) this.#answer = { ...this.#answer, safeMode };
        },
        onStart: () => void this.refresh(),
      }),
      listen({
        document: DifferenceChangedDocument,
        variables: {},
        cursorOf: (data) => data.differenceChanged.cursor,
        onChange: () => void this.refresh(),
        onStart: () => undefined,
      }),
      followDeposits(({ state }) => {
        // Ordinary deposits are many and wait for nobody.
        if (state !== 'SEEN' && state !== 'GONE') this.#soon();
      }),
    ];
    return () => {
      clearInterval(timer);
      clearTimeout(this.#timer);
      this.#timer = undefined;
      for (const stop of stops) stop();
      this.#answer = undefined;
    };
  }
}

export const standing = new Standing();
