import { fetchOnce } from '../graphql/client.ts';
import {
  InventoryChangedDocument,
  StakingCalendarDocument,
  type StakingCalendarQuery,
  type StakingCalendarQueryVariables,
  UpkeepDocument,
  type UpkeepQuery,
  type UpkeepQueryVariables,
  WalletDocument,
  type WalletQuery,
  type WalletQueryVariables,
  WalletRentalsDocument,
  type WalletRentalsQuery,
} from '../graphql/generated/graphql.ts';
import { DeskError } from '../graphql/desk-error.ts';
import { pageOf, Pages } from '../graphql/pages.svelte.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';
import { OperationList } from '../operations/operation-list.ts';
import { everyOperation } from '../operations/operation-view.ts';

type Wallet<Answer extends { wallet: unknown }> = NonNullable<Answer['wallet']>;
export type WalletRental = Wallet<WalletRentalsQuery>['rentals']['edges'][number]['node'];

function found<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new DeskError('NOT_FOUND', 'There is no such wallet');
  return thing;
}

/** One wallet, its operations and its rentals, kept in step with the desk. */
export class WalletPage extends Query<WalletQuery, WalletQueryVariables> {
  readonly id: string;
  readonly operations: OperationList;
  readonly rentals: Pages<WalletRental>;
  /** Stake, votes and rewards of all wallets; this one's is among them. */
  readonly calendar: Query<StakingCalendarQuery, StakingCalendarQueryVariables>;
  readonly upkeep: Query<UpkeepQuery, UpkeepQueryVariables>;

  constructor(id: string) {
    super(WalletDocument, { id });
    this.id = id;
    this.operations = new OperationList({ ...everyOperation, wallet: id }, 20);
    this.calendar = new Query(StakingCalendarDocument, {}, ['StakingCalendarEntry']);
    this.upkeep = new Query(UpkeepDocument, {}, ['Upkeep']);
    this.rentals = new Pages(async (after) => {
      const { wallet } = await fetchOnce(WalletRentalsDocument, {
        id,
        state: null,
        first: 20,
        after,
      });
      return pageOf(found(wallet).rentals);
    });
  }

  /** Follows the wallet until the result is called. Start it inside an effect. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen({
      document: InventoryChangedDocument,
      variables: {},
      cursorOf: (data) => data.inventoryChanged.cursor,
      onChange: ({ inventoryChanged: { wallet } }) => {
        const known = this.latest?.wallet ?? null;
        if (wallet === null || known === null || wallet.id !== this.id) return;
        this.replace({ wallet: { ...known, ...wallet } });
        // A change of stock comes from a rental: read those again, but not for each of a burst.
        timer ??= setTimeout(() => {
          timer = undefined;
          void this.rentals.refresh();
          void this.calendar.refresh();
          void this.upkeep.refresh();
        }, 1_000);
      },
      onStart: () => void this.refresh(),
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }
}
