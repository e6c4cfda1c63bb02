import { fetchOnce } from '../graphql/client.ts';
import {
  type DepositRowFragment,
  DepositsDocument,
  UnclaimedDepositsDocument,
  type UnclaimedRowFragment,
} from '../graphql/generated/graphql.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { type DepositView, isInDepositView, toDepositFilter } from './deposit-view.ts';
import { followDeposits } from './follow-deposits.ts';

const pageSize = 50;

/** The deposits of a view, newest first; read when it begins to follow the desk. */
export class DepositList extends Pages<DepositRowFragment> {
  readonly view: DepositView;

  constructor(view: DepositView) {
    const filter = toDepositFilter(view);
    super(
      async (after) =>
        pageOf((await fetchOnce(DepositsDocument, { filter, first: pageSize, after })).deposits),
      { wait: true },
    );
    this.view = view;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followDeposits(
      (deposit) => this.take(deposit, isInDepositView(deposit, this.view)),
      () => void this.refresh(),
    );
  }
}

/** What waits on the deposit desk, newest first; what is decided meanwhile stays, with its new state. */
export class UnclaimedList extends Pages<UnclaimedRowFragment> {
  readonly view: DepositView;

  constructor(view: DepositView) {
    const onDesk: DepositView = { ...view, states: ['UNCLAIMED'] };
    const filter = toDepositFilter(onDesk);
    super(
      async (after) =>
        pageOf(
          (await fetchOnce(UnclaimedDepositsDocument, { filter, first: pageSize, after })).deposits,
        ),
      { wait: true },
    );
    this.view = onDesk;
  }

  /** Keeps the list in step with the desk until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followDeposits(
      (deposit) => this.take(deposit, isInDepositView(deposit, this.view)),
      () => void this.refresh(),
    );
  }
}
