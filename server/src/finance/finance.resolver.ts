import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { clientScope } from '../access/caller.ts';
import type { Database } from '../database/database.ts';
import type { DeskContext } from '../graphql/context.ts';
import { trx } from '../graphql/money.graphql.ts';
import { DateTime } from '../graphql/scalars.ts';
import { Finance, OrderStatistics, RevenueReport, TimeBucketEnum } from './finance.graphql.ts';
import { readOrderStatistics } from './order-statistics.ts';
import { readRevenue } from './revenue.ts';
import type { TimeBucket } from './time-buckets.ts';

@Resolver(() => Finance)
export class FinanceResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => Finance, {
    description: 'Reports over the ledger. A bot sees its own orders’ part of them.',
  })
  finance(@Ctx() { caller }: DeskContext): Finance {
    return { clientId: clientScope(caller) };
  }

  @FieldResolver(() => RevenueReport, { description: 'What was earned in a period.' })
  async revenue(
    @Root() { clientId }: Finance,
    @Arg('from', () => DateTime, { description: 'The period begins here.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'The period ends before this.' }) to: Date,
    @Arg('bucket', () => TimeBucketEnum, {
      nullable: true,
      defaultValue: 'DAY',
      description: 'Into what pieces to cut it.',
    })
    bucket: TimeBucket | null,
  ): Promise<RevenueReport> {
    const period = { from, to, bucket: bucket ?? 'DAY' };
    const report = await readRevenue(this.#database.read(), period, clientId);
    return {
      total: trx(report.totalSun),
      orders: report.orders,
      energy: report.energy,
      buckets: report.buckets.map(({ revenueSun, ...row }) => ({ ...row, revenue: revenueSun })),
    };
  }

  @Query(() => OrderStatistics, {
    description: 'What became of the orders that were placed in a period. A bot sees its own.',
  })
  orderStatistics(
    @Arg('from', () => DateTime, { description: 'The period begins here.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'The period ends before this.' }) to: Date,
    @Arg('bucket', () => TimeBucketEnum, {
      nullable: true,
      defaultValue: 'HOUR',
      description: 'Into what pieces to cut it.',
    })
    bucket: TimeBucket | null,
    @Ctx() { caller }: DeskContext,
  ): Promise<OrderStatistics> {
    const period = { from, to, bucket: bucket ?? 'HOUR' };
    return readOrderStatistics(this.#database.read(), period, clientScope(caller));
  }
}
