import { may } from '../access/permissions.ts';
import { lastHours, startOfDay } from '../format/time.ts';
import {
  DashboardDocument,
  type DashboardQuery,
  type DashboardQueryVariables,
  DashboardRevenueDocument,
  type DashboardRevenueQuery,
  type DashboardRevenueQueryVariables,
  InventoryChangedDocument,
  OpenOrdersDocument,
  type OpenOrdersQuery,
  type OpenOrdersQueryVariables,
  OrderRowsDocument,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { listen } from '../live/live.ts';

/** At most one reading of the figures in this many ms, however fast orders change. */
const pause = 2_000;

/** The figures of the overview, kept in step with the desk. */
export class DashboardPage {
  readonly open: Query<OpenOrdersQuery, OpenOrdersQueryVariables>;
  readonly today: Query<DashboardQuery, DashboardQueryVariables>;
  readonly day: Query<DashboardQuery, DashboardQueryVariables>;
  /** Undefined for those who may not see what is earned. */
  readonly revenueToday: Query<DashboardRevenueQuery, DashboardRevenueQueryVariables> | undefined;
  readonly revenueDay: Query<DashboardRevenueQuery, DashboardRevenueQueryVariables> | undefined;

  constructor(now: number) {
    const today = {
      from: new Date(startOfDay(now)).toISOString(),
      to: new Date(startOfDay(now) + 86_400_000).toISOString(),
    };
    const day = lastHours(now, 24);
    this.open = new Query(OpenOrdersDocument, {}, ['Order']);
    this.today = new Query(DashboardDocument, today, ['Order']);
    this.day = new Query(DashboardDocument, day, ['Order']);
    const earned = may('readRevenue');
    this.revenueToday = earned ? new Query(DashboardRevenueDocument, today) : undefined;
    this.revenueDay = earned ? new Query(DashboardRevenueDocument, day) : undefined;
  }

  /** Reads the figures anew when orders change, until the result is called. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void this.refresh();
      }, pause);
    };
    const stops = [
      listen({
        document: OrderRowsDocument,
        variables: { filter: null },
        cursorOf: (data) => data.orderChanged.cursor,
        onChange: soon,
        onStart: soon,
      }),
      listen({
        document: InventoryChangedDocument,
        variables: {},
        cursorOf: (data) => data.inventoryChanged.cursor,
        onChange: ({ inventoryChanged: { inventory } }) => {
          const known = this.today.latest;
          if (known !== undefined) this.today.replace({ ...known, inventory });
        },
        onStart: soon,
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }

  async refresh(): Promise<void> {
    const queries = [this.open, this.today, this.day, this.revenueToday, this.revenueDay];
    await Promise.all(
      queries.filter((query) => query !== undefined).map((query) => query.refresh()),
    );
  }
}
