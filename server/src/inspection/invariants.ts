import { hash } from 'node:crypto';
import type { Database, EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { formatAmount } from '../kernel/money.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { checkRecentBooks } from '../ledger/check-recent-books.ts';
import { liftBySystem, setBySystem } from '../safety/change-safe-mode.ts';
import { booksProof, recordCheck } from '../safety/invariant-checks.ts';
import type { SettingValues } from '../settings/catalogue.ts';

/** Nodes that show different solid blocks. */
export interface NodeDisagreement {
  readonly number: number;
  readonly sayings: readonly { readonly node: string; readonly id: string }[];
}

export interface InvariantParts {
  readonly database: Database;
  readonly settings: () => Promise<SettingValues>;
  /** Null while the nodes agree. */
  readonly disagreement: () => NodeDisagreement | null;
}

const actor = system('invariants');
const MAX_BREAKS = 20;
/** Another process may see a disagreement that this one does not: it has so long to say so. */
const SETTLED_SECONDS = 120;

/**
 * Checks what must always hold, and sets the safe mode where it does not. What it has set stays until
 * a person lifts it, but for a disagreement of nodes, which is over when they agree.
 */
export async function checkInvariants(parts: InvariantParts): Promise<void> {
  const values = await parts.settings();
  const checks = [
    () => checkTheBooks(parts.database, values['safety.fullBooksHours']),
    () => checkDrift(parts.database, values['safety.driftToleranceSun']),
    () =>
      checkRefunds(parts.database, {
        orders: values['safety.refundOrders'],
        percent: values['safety.refundPercent'],
      }),
    () => checkNodes(parts.database, parts.disagreement()),
  ];
  // One that cannot be checked keeps nobody from checking the others.
  const results = [];
  for (const check of checks) results.push(...(await Promise.allSettled([check()])));
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed.length > 0) {
    throw new AggregateError(
      failed.map(({ reason }) => reason as unknown),
      'an invariant could not be checked',
    );
  }
}

async function checkTheBooks(database: Database, fullHours: number): Promise<void> {
  const em = database.read();
  const proof = await booksProof(em, fullHours);
  const { breaks, through } = proof.fullIsDue
    ? { breaks: (await checkBooks(em)).breaks, through: await lastTransfer(em) }
    : await proveRecent(em, proof.through);
  const told = breaks.slice(0, MAX_BREAKS);
  await database.transaction(actor, async (tx) => {
    // What broke is looked at again: the mark stays before it.
    const reached = breaks.length === 0 ? { through, full: proof.fullIsDue } : {};
    await recordCheck(tx, 'BOOKS', told[0] ?? null, reached);
    if (told.length === 0) return;
    await setBySystem(tx, {
      scope: 'ALL',
      subject: null,
      source: 'BOOKS',
      mode: 'REFUSE',
      reason: 'the books do not balance',
      evidence: { breaks: told, found: breaks.length },
      evidenceKey: hash('sha256', JSON.stringify([...breaks].sort())),
    });
  });
}

/** Taken before the whole is proved, what is written meanwhile is proved again. */
async function lastTransfer(em: EntityManager): Promise<bigint> {
  const row = await queryOne<{ id: bigint | null }>(
    em,
    "select max(id) as id from ledger_transfers where at < desk_now() - interval '1 minute'",
  );
  return row?.id ?? 0n;
}

async function proveRecent(
  em: EntityManager,
  after: bigint,
): Promise<{ breaks: readonly string[]; through: bigint }> {
  let report = await checkRecentBooks(em, after);
  for (let more = 0; report.more && report.breaks.length === 0 && more < 50; more += 1) {
    report = await checkRecentBooks(em, report.through);
  }
  return report;
}

async function checkDrift(database: Database, toleranceSun: bigint): Promise<void> {
  await database.transaction(actor, async (em) => {
    const drifting = await query<{
      id: string;
      walletId: string;
      label: string;
      chain: bigint;
      books: bigint;
      block: bigint;
    }>(
      em,
      `select d.id, d.wallet_id as "walletId", w.label, d.chain_sun as chain, d.books_sun as books, d.block
       from differences d join wallets w on w.id = d.wallet_id
       where d.kind = 'DRIFT' and d.state = 'OPEN' and abs(d.chain_sun - d.books_sun) > $1
       order by d.wallet_id`,
      [toleranceSun],
    );
    const [first] = drifting;
    await recordCheck(
      em,
      'DRIFT',
      first ? `${first.label} is off by ${formatAmount(first.chain - first.books)} TRX` : null,
    );
    for (const { id, walletId, chain, books, block } of drifting) {
      const difference = chain - books;
      await setBySystem(em, {
        scope: 'WALLET',
        subject: walletId,
        source: 'DRIFT',
        mode: 'REFUSE',
        reason: `its delegations differ from the books by ${formatAmount(difference)} TRX`,
        evidence: {
          differenceId: id,
          chainSun: chain.toString(),
          booksSun: books.toString(),
          block: block.toString(),
        },
        evidenceKey: `${id}:${difference}`,
      });
    }
  });
}

/** Of orders since the safe mode last changed: what it held back itself is no evidence. */
async function checkRefunds(
  database: Database,
  { orders, percent }: { readonly orders: number; readonly percent: number },
): Promise<void> {
  await database.transaction(actor, async (em) => {
    const last = await queryOne<{ ended: bigint; failed: bigint; newest: string | null }>(
      em,
      `select count(*) as ended, count(*) filter (where failed) as failed,
              (array_agg(id order by placed_at desc) filter (where failed))[1] as newest
       from (select id, placed_at, state <> 'COMPLETED' as failed from orders
             where state in ('COMPLETED', 'FAILED', 'REFUNDED') and cancelled_at is null
               and placed_at > (select coalesce(max(at), '-infinity') from safe_mode_changes
                                where scope in ('ALL', 'PRODUCT'))
             order by placed_at desc limit $1) last`,
      [orders],
    );
    const failed = Number(last?.failed ?? 0n);
    const broken = Number(last?.ended ?? 0n) === orders && failed * 100 >= percent * orders;
    const reason = `${failed} of the last ${orders} orders failed`;
    await recordCheck(em, 'REFUNDS', broken ? reason : null);
    if (!broken) return;
    await setBySystem(em, {
      scope: 'PRODUCT',
      subject: 'ENERGY_RENTAL',
      source: 'REFUNDS',
      mode: 'REFUSE',
      reason,
      evidence: { orders, failed, newestFailedOrderId: last?.newest ?? null },
      evidenceKey: last?.newest ?? '',
    });
  });
}

async function checkNodes(
  database: Database,
  disagreement: NodeDisagreement | null,
): Promise<void> {
  await database.transaction(actor, async (em) => {
    if (disagreement === null) {
      await recordCheck(em, 'NODES', null);
      await liftBySystem(em, 'NODES', 'the nodes agree again', SETTLED_SECONDS);
      return;
    }
    const { number, sayings } = disagreement;
    const reason = `the TRON nodes disagree about solid block ${number}`;
    await recordCheck(em, 'NODES', reason);
    await setBySystem(em, {
      scope: 'ALL',
      subject: null,
      source: 'NODES',
      mode: 'QUEUE',
      reason,
      evidence: { block: number, sayings },
      evidenceKey: number.toString(),
    });
  });
}
