import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { legalTransitions, type StateMachine } from '../kernel/transitions.ts';
import type { EntityManager } from './database.ts';
import { Access } from './migrations/migration-20261122-2-access.ts';
import { BirthsOfOrders } from './migrations/migration-20261122-16-births-of-orders.ts';
import { ShortHistories } from './migrations/migration-20261129-2-short-histories.ts';
import { Deposits } from './migrations/migration-20261122-11-deposits.ts';
import { EveryOperation } from './migrations/migration-20261122-6-every-operation.ts';
import { Foundations } from './migrations/migration-20261122-1-foundations.ts';
import { JudgedByPostgresql } from './migrations/migration-20261129-6-judged-by-postgresql.ts';
import { LeanPlacing } from './migrations/migration-20261129-1-lean-placing.ts';
import { ListsByState } from './migrations/migration-20261129-5-lists-by-state.ts';
import { Orders } from './migrations/migration-20261122-5-orders.ts';
import { SafeModeAndInspection } from './migrations/migration-20261122-7-safe-mode-and-inspection.ts';
import { Pool } from './migrations/migration-20261122-9-pool.ts';
import { RatesAndWithdrawals } from './migrations/migration-20261122-12-rates-and-withdrawals.ts';
import { SharesOfUsers } from './migrations/migration-20261122-15-shares-of-users.ts';
import { Signing } from './migrations/migration-20261122-10-signing.ts';
import { TokensAndSweeps } from './migrations/migration-20261122-14-tokens-and-sweeps.ts';
import { Upkeep } from './migrations/migration-20261122-8-upkeep.ts';
import { UsersAndLedger } from './migrations/migration-20261122-3-users-and-ledger.ts';
import { UsersAndSessions } from './migrations/migration-20261122-13-users-and-sessions.ts';
import { WalletsAndOperations } from './migrations/migration-20261122-4-wallets-and-operations.ts';
import { execute } from './query.ts';

const MIGRATIONS = [
  Foundations,
  Access,
  UsersAndLedger,
  WalletsAndOperations,
  Orders,
  EveryOperation,
  SafeModeAndInspection,
  Upkeep,
  Pool,
  Signing,
  Deposits,
  RatesAndWithdrawals,
  UsersAndSessions,
  TokensAndSweeps,
  SharesOfUsers,
  BirthsOfOrders,
  LeanPlacing,
  ShortHistories,
  ListsByState,
  JudgedByPostgresql,
];

/** Any number; two processes that migrate at once take turns by it. */
const MIGRATION_LOCK = 7_303_014;

export interface ReferenceData {
  readonly machines: readonly StateMachine[];
  /** Writes other rooms' tables of constants; runs after the migrations, each time. */
  readonly fill: (em: EntityManager) => Promise<void>;
}

/**
 * Brings the database of the given owner's address up to date. May run any number of times, and from
 * several processes at once.
 * @returns the names of the migrations that were applied
 */
export async function migrate(url: string, data: ReferenceData): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const orm = await MikroORM.init({
      clientUrl: url,
      entities: [],
      extensions: [Migrator],
      discovery: { warnWhenNoEntities: false },
      driverOptions: { options: '-c timezone=UTC' },
      migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
    });
    try {
      const applied = await orm.migrator.up();
      await orm.em.fork().transactional(async (em) => {
        await fillTransitions(em, data.machines);
        await data.fill(em);
      });
      return applied.map(({ name }) => name);
    } finally {
      await orm.close();
    }
  } finally {
    await lock.end();
  }
}

async function fillTransitions(
  em: EntityManager,
  machines: readonly StateMachine[],
): Promise<void> {
  const rows = machines.flatMap(legalTransitions);
  await execute(em, 'delete from legal_transitions');
  await execute(
    em,
    `insert into legal_transitions (subject, from_state, to_state)
     select * from unnest($1::text[], $2::text[], $3::text[])`,
    [rows.map(({ subject }) => subject), rows.map(({ from }) => from), rows.map(({ to }) => to)],
  );
}
