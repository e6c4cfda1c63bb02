import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';
import {
  WithdrawalDocument,
  type WithdrawalQuery,
  type WithdrawalQueryVariables,
  type WithdrawalRowFragment,
  WithdrawalsDocument,
} from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';
import { toWithdrawalFilter, type WithdrawalView } from './withdrawal-view.ts';

const pageSize = 50;
/** Withdrawals are not streamed: the newest page is looked at this often, in ms. */
const pause = 4_000;

/** The withdrawals of a view, newest first, kept in step with the desk. */
export class WithdrawalList extends Pages<WithdrawalRowFragment> {
  readonly #view: WithdrawalView;

  constructor(view: WithdrawalView) {
    super((after) => readPage(view, after));
    this.#view = view;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.#look();
    }, pause);
    return () => clearInterval(timer);
  }

  /** New ones wait until the reader lets them in; known ones change where they stand. */
  async #look(): Promise<void> {
    // Nothing is being read: whatever came or went may move.
    if (this.rows.length === 0) {
      await this.refresh();
      return;
    }
    try {
      const { rows } = await readPage(this.#view, null);
      const newest = this.rows[0]?.id ?? '';
      // Ids grow with time: what is older and unknown stands on a later page.
      for (const row of rows.toReversed()) this.take(row, row.id > newest);
      await this.#lookAtLeft(new Set(rows.map(({ id }) => id)));
    } catch (error) {
      // The page that is shown stays; the next look may be answered.
      if (!(error instanceof DeskError)) throw error;
    }
  }

  /** Those that left the view, like approved ones the waiting, change where they stand. */
  async #lookAtLeft(present: ReadonlySet<string>): Promise<void> {
    if (this.#view.states.length === 0) return;
    const { states } = this.#view;
    const left = this.rows.filter(({ id, state }) => !present.has(id) && states.includes(state));
    for (const { id } of left.slice(0, pageSize)) {
      const { withdrawal } = await fetchOnce(WithdrawalDocument, { id });
      if (withdrawal !== null) this.take(withdrawal, false);
    }
  }
}

/** One withdrawal, kept in step with the desk. */
export class WithdrawalPage extends Query<WithdrawalQuery, WithdrawalQueryVariables> {
  readonly id: string;

  constructor(id: string) {
    super(WithdrawalDocument, { id });
    this.id = id;
  }

  /** Follows it until the result is called. Start it inside an effect. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}

async function readPage(
  view: WithdrawalView,
  after: string | null,
): Promise<ReturnType<typeof pageOf<WithdrawalRowFragment>>> {
  const variables = { filter: toWithdrawalFilter(view), first: pageSize, after };
  return pageOf((await fetchOnce(WithdrawalsDocument, variables)).withdrawals);
}
