import type { EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { present } from '../kernel/assert.ts';
import { DomainError, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { formatAmount } from '../kernel/money.ts';
import { readSettings } from '../settings/read-settings.ts';
import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import type { Address } from '../chain/address.ts';
import { type PlannedTopUp, planTopUps } from './plan-top-ups.ts';
import { readTopUpFacts } from './top-up-facts.ts';

/**
 * Tops up every wallet that runs low, as far as the rule allows. Any number of processes may try at
 * once: one has the turn, and the others find it taken and do nothing. What it decides is written
 * in its own transaction with the operations, so a crash leaves all or nothing of it.
 * @returns how many top-ups were intended; undefined when another process has the turn
 */
export async function topUpByRule(em: EntityManager, ids: IdMaker): Promise<number | undefined> {
  const turn = await queryOne<{ problem: string | null }>(
    em,
    'select problem from upkeep_state for no key update skip locked',
  );
  if (!turn) return undefined;
  const { values } = await readSettings(em);
  const facts = await readTopUpFacts(em, values);
  const { topUps, problem } = planTopUps(facts);
  const problems = problem === null ? [] : [problem];
  let made = 0;
  for (const topUp of topUps) {
    const treasuryId = present(facts.treasury, 'treasury').walletId;
    try {
      await intendByRule(em, ids, treasuryId, topUp);
      made += 1;
    } catch (error) {
      // Nothing was written for it: the checks come before the first write.
      if (!(error instanceof DomainError)) throw error;
      problems.push(error.message);
    }
  }
  await tellProblem(em, problems.join(' ') || null, turn.problem, facts.treasury?.walletId ?? null);
  return made;
}

/** The number makes the key: whoever decides again about the same top-up finds the same operation. */
async function intendByRule(
  em: EntityManager,
  ids: IdMaker,
  treasuryId: string,
  { walletId, sun }: PlannedTopUp,
): Promise<void> {
  const earlier = await queryOne<{ count: bigint }>(
    em,
    'select count(*) from top_ups where wallet_id = $1',
    [walletId],
  );
  const operationId = await intendWalletOperation(em, ids, {
    walletId: treasuryId,
    effect: { kind: 'transfer', to: await addressOf(em, walletId), amountSun: sun },
    clientId: `top-up ${walletId} ${(earlier?.count ?? 0n) + 1n}`,
    reason: 'The wallet runs low of TRX for its fees.',
  });
  await keepTopUp(em, { operationId, walletId, treasuryId, sun, byRule: true });
}

export interface TopUpCommand {
  readonly walletId: string;
  readonly sun: bigint;
  /** Of the transaction's actor: the same with the same content is done once. */
  readonly clientId: string;
  readonly reason: string;
}

/**
 * Tops one wallet up by hand, within the same limits as the rule.
 * @returns the operation's id
 * @throws NotFound, BadInput, IllegalState (no treasury, an open top-up, a limit),
 *   WalletBalanceTooLow, WalletNotObserved, IdempotencyConflict
 */
export async function topUpWallet(
  em: EntityManager,
  ids: IdMaker,
  { walletId, sun, clientId, reason }: TopUpCommand,
): Promise<string> {
  await query(em, 'select from upkeep_state for no key update');
  const { values } = await readSettings(em);
  const to = isUuid(walletId) ? await findAddress(em, walletId) : undefined;
  if (to === undefined) {
    throw new NotFound('There is no such wallet.', { field: 'input.walletId' });
  }
  const { treasury, wallets, spentToday, rule } = await readTopUpFacts(em, values);
  if (!treasury) {
    throw new IllegalState(
      'No treasury wallet is set. Set upkeep.treasuryWallet to the address of a wallet of the pool.',
      { field: 'input.walletId' },
    );
  }
  const operationId = await intendWalletOperation(em, ids, {
    walletId: treasury.walletId,
    effect: { kind: 'transfer', to, amountSun: sun },
    clientId,
    reason,
  });
  const topUp = { operationId, walletId, treasuryId: treasury.walletId, sun, byRule: false };
  // A repeated request finds its own operation, and is judged by nothing that came after it.
  if (!(await keepTopUp(em, topUp))) return operationId;
  if (wallets.some((one) => one.walletId === walletId && one.open)) {
    throw new IllegalState(
      'A top-up of this wallet is under way. Wait until it is solid and seen.',
      {
        field: 'input.walletId',
      },
    );
  }
  if (spentToday + sun > rule.dailyLimit) {
    throw new IllegalState(
      `With this, today’s top-ups would pass the limit of ${formatAmount(rule.dailyLimit)} TRX; ${formatAmount(spentToday)} are spent.`,
      { field: 'input.amount', details: { spentToday: spentToday.toString() } },
    );
  }
  if (treasury.spendable - sun < rule.treasuryMinimum) {
    throw new IllegalState(
      `The treasury wallet keeps at least ${formatAmount(rule.treasuryMinimum)} TRX and has ${formatAmount(treasury.spendable)} to spend.`,
      { field: 'input.amount' },
    );
  }
  return operationId;
}

async function addressOf(em: EntityManager, walletId: string): Promise<Address> {
  return present(await findAddress(em, walletId), 'wallet');
}

async function findAddress(em: EntityManager, walletId: string): Promise<Address | undefined> {
  const row = await queryOne<{ address: Address }>(
    em,
    'select address from wallets where id = $1',
    [walletId],
  );
  return row?.address;
}

interface NewTopUp extends PlannedTopUp {
  readonly operationId: string;
  readonly treasuryId: string;
  readonly byRule: boolean;
}

/** @returns whether it was not there yet */
async function keepTopUp(
  em: EntityManager,
  { operationId, walletId, treasuryId, sun, byRule }: NewTopUp,
): Promise<boolean> {
  const fresh = await execute(
    em,
    `insert into top_ups (operation_id, wallet_id, treasury_id, sun, by_rule)
     values ($1, $2, $3, $4, $5) on conflict (operation_id) do nothing`,
    [operationId, walletId, treasuryId, sun, byRule],
  );
  if (fresh === 0) return false;
  await recordEvents(em, [
    {
      kind: 'wallet.topUpIntended',
      subjectKind: 'wallet',
      subjectId: walletId,
      payload: { operationId, treasuryId, sun: sun.toString(), byRule },
    },
  ]);
  return true;
}

/** An event when something begins to be wrong, and when it is right again. */
async function tellProblem(
  em: EntityManager,
  problem: string | null,
  before: string | null,
  treasuryId: string | null,
): Promise<void> {
  if (problem === before) return;
  await query(
    em,
    `update upkeep_state
     set problem = $1, since = case when $1::text is null then null else coalesce(since, desk_now()) end`,
    [problem],
  );
  if ((problem === null) === (before === null) || treasuryId === null) return;
  await recordEvents(em, [
    {
      kind: problem === null ? 'upkeep.recovered' : 'upkeep.stuck',
      subjectKind: 'wallet',
      subjectId: treasuryId,
      payload: problem === null ? {} : { problem },
    },
  ]);
}
