import { Migration } from '@mikro-orm/migrations';

/** What a user got of deposits that were split is found without reading every decision. */
export class SharesOfUsers extends Migration {
  override readonly name = '20261122-15-shares-of-users';

  override up(): void {
    this.addSql(`
      create index deposit_decisions_by_share on deposit_decisions using gin (shares jsonb_path_ops)
        where kind = 'SPLIT'`);
  }
}
