import { fetchOnce } from '../graphql/client.ts';
import { type WithdrawalRowFragment, WithdrawalsDocument } from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { followWithdrawals } from './follow-withdrawals.ts';
import { isInWithdrawalView, toWithdrawalFilter, type WithdrawalView } from './withdrawal-view.ts';

const pageSize = 50;

/** The withdrawals of a view, newest first; read when it begins to follow the desk. */
export class WithdrawalList extends Pages<WithdrawalRowFragment> {
  readonly view: WithdrawalView;

  constructor(view: WithdrawalView) {
    super(
      async (after) => {
        const variables = { filter: toWithdrawalFilter(view), first: pageSize, after };
        return pageOf((await fetchOnce(WithdrawalsDocument, variables)).withdrawals);
      },
      { wait: true },
    );
    this.view = view;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followWithdrawals(
      (withdrawal) => this.take(withdrawal, isInWithdrawalView(withdrawal, this.view)),
      () => void this.refresh(),
    );
  }
}

/** What a person has to agree to. Few enough to be let in at once. */
export class WaitingWithdrawals extends WithdrawalList {
  constructor() {
    super({ states: ['WAITING'], user: undefined });
  }

  override take(withdrawal: WithdrawalRowFragment, belongs: boolean): void {
    super.take(withdrawal, belongs);
    if (this.arrived.length > 0) this.showArrived();
  }
}
