import { Migration } from '@mikro-orm/migrations';

/**
 * A list by state is read in its order, whatever the statistics say. While the planner believed that few
 * orders are open it took them all from the index of open orders and sorted them, for each page; nothing
 * looks for orders by their deadline, which that index was for.
 */
export class ListsByState extends Migration {
  override readonly name = '20261129-5-lists-by-state';

  override up(): void {
    this.addSql(`drop index if exists orders_open`);
    // A tenth of ten million is a long time to plan by old statistics.
    for (const table of GROWING) {
      this.addSql(`alter table ${table} set (autovacuum_analyze_scale_factor = 0.01)`);
    }
  }
}

const GROWING = [
  'orders',
  'order_slices',
  'reservations',
  'rentals',
  'chain_operations',
  'attempts',
  'ledger_transfers',
  'ledger_entries',
];
