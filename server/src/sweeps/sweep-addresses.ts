import { because, type EntityManager } from '../database/database.ts';
import { execute, query, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict, IllegalState } from '../kernel/domain-error.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { type Currency, formatAmount, sum } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { callerOf, checkKey, checkReason, contentHash } from '../deposits/deposit-key.ts';
import { type Intention, intendOperations } from '../operations/intend-operations.ts';
import { requireKey } from '../permissions/require-key.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { lockWallet, readWalletFacts } from '../staking/wallet-facts.ts';
import type { PlannedSweep } from './plan-sweep.ts';
import { deadlineIn, effectOfSweep } from './sweep-effect.ts';
import { SWEEP, SWEEP_FUEL } from './sweep-purposes.ts';
import { sweepCandidates } from './sweep-rows.ts';

/** What shall go to the treasury. */
export interface SweepWish {
  readonly address: Address;
  readonly currency: Currency;
}

export interface SweepCommand {
  readonly wishes: readonly SweepWish[];
  readonly reason: string;
  /** Chosen by the caller, who has a namespace of its own. */
  readonly key: string;
}

/** In one command: each address is looked at first. */
export const MOST_SWEPT = 50;

/** What was asked for under this key before, when it was the same. @throws IdempotencyConflict */
export async function sweptBefore(
  em: EntityManager,
  actor: Actor,
  command: SweepCommand,
): Promise<string[] | null> {
  checkKey(command.key);
  const rows = await query<{ id: string; hash: Buffer }>(
    em,
    'select id, content_hash as hash from sweeps where caller = $1 and client_key = $2 order by id',
    [callerOf(actor), command.key],
  );
  const [first] = rows;
  if (!first) return null;
  if (first.hash.equals(hashOf(command))) return rows.map(({ id }) => id);
  throw new IdempotencyConflict('This key was used for another sweep: take a new one.', {
    field: 'input.clientId',
  });
}

/** The account that everything goes to. @throws IllegalState when none is set, or deposits go there */
export async function sweepTarget(
  em: EntityManager,
  values: SettingValues,
): Promise<{ readonly walletId: string; readonly address: Address }> {
  const address = values['upkeep.treasuryWallet'];
  const row =
    address === null
      ? undefined
      : await queryOne<{ id: string; watched: boolean }>(
          em,
          `select id, exists (select from deposit_addresses d where d.address = w.address) as watched
           from wallets w where address = $1`,
          [address],
        );
  if (!row || address === null) {
    throw new IllegalState(
      'There is no treasury to sweep to: set upkeep.treasuryWallet to the address of a wallet of the pool.',
    );
  }
  if (row.watched || values['deposits.addresses'].includes(address)) {
    throw new IllegalState(
      'The treasury wallet is an address that users pay to: what is swept would count as paid in. Name another treasury.',
    );
  }
  return { walletId: row.id, address };
}

/**
 * Has what derived addresses hold sent to the treasury, with the treasury's TRX for fees first where an
 * address has none. One sweep of an address at a time; the same key with the same content once.
 *
 * Locks sweeps by an advisory lock, then the treasury wallet.
 * @param planOf what the chain said of each wish
 * @returns the sweeps' ids
 * @throws BadInput, IllegalState, IdempotencyConflict
 */
export async function sweepAddresses(
  em: EntityManager,
  ids: IdMaker,
  actor: Actor,
  command: SweepCommand,
  planOf: (wish: SweepWish) => PlannedSweep,
): Promise<string[]> {
  const reason = checkReason(command.reason);
  await query(em, `select pg_advisory_xact_lock(hashtext('sweeps'))`);
  const before = await sweptBefore(em, actor, command);
  if (before) return before;
  const { values } = await readSettings(em);
  const target = await sweepTarget(em, values);
  const plans = command.wishes.map((wish) => ({ ...wish, id: ids.next(), plan: planOf(wish) }));
  await checkWishes(em, plans);
  await checkFuel(em, target.walletId, sum(plans.map(({ plan }) => plan.fuelSun)), values);
  const deadlineAt = await deadlineIn(em, values['withdrawals.deadlineSeconds']);
  const treasury = present(await lockWallet(em, target.walletId), 'treasury');
  const rows = plans.map(({ id, address, currency, plan }) => ({
    id,
    address,
    currency,
    to: target.address,
    plan,
    operationId: ids.next(),
    fuelled: plan.fuelSun > 0n,
  }));
  await because(em, reason);
  await intendOperations(
    em,
    rows.map(({ id, address, currency, to, plan, operationId, fuelled }): Intention => {
      const { amount, feeLimitSun, fuelSun } = plan;
      const common = { id: operationId, reference: id, deadlineAt };
      return fuelled
        ? {
            ...common,
            effect: { kind: 'transfer', owner: to, to: address, amountSun: fuelSun },
            permissionId: treasury.permission_id,
            purpose: SWEEP_FUEL,
          }
        : {
            ...common,
            effect: effectOfSweep(
              { address, to, currency, amount, feeLimitSun },
              values['deposits.usdtContract'],
            ),
            permissionId: 0,
            purpose: SWEEP,
          };
    }),
  );
  await execute(
    em,
    `insert into sweeps
       (id, address, currency, amount, to_address, fee_limit_sun, fuel_sun, fuel_operation_id,
        operation_id, state, actor, reason, caller, client_key, content_hash)
     select id, address, currency, amount, $4, fee_limit, fuel, case when fuelled then operation end,
            case when not fuelled then operation end,
            case when fuelled then 'FUELLING' else 'SENDING' end, $10, $11, $12, $13, $14
     from unnest($1::uuid[], $2::text[], $3::text[], $5::bigint[], $6::bigint[], $7::bigint[],
                 $8::uuid[], $9::boolean[])
       as s(id, address, currency, amount, fee_limit, fuel, operation, fuelled)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ address }) => address),
      rows.map(({ currency }) => currency),
      target.address,
      rows.map(({ plan }) => plan.amount),
      rows.map(({ plan }) => plan.feeLimitSun),
      rows.map(({ plan }) => plan.fuelSun),
      rows.map(({ operationId }) => operationId),
      rows.map(({ fuelled }) => fuelled),
      formatActor(actor),
      reason,
      callerOf(actor),
      command.key,
      hashOf(command),
    ],
  );
  return rows.map(({ id }) => id);
}

/** @throws BadInput, IllegalState */
async function checkWishes(
  em: EntityManager,
  wishes: readonly (SweepWish & { readonly plan: PlannedSweep })[],
): Promise<void> {
  const field = 'input.items';
  const addresses = wishes.map(({ address }) => address);
  if (wishes.length === 0 || wishes.length > MOST_SWEPT) {
    throw new BadInput(`Name 1 to ${MOST_SWEPT} addresses.`, { field });
  }
  if (new Set(addresses).size < addresses.length) {
    throw new BadInput('Name each address once: USDT go before TRX.', { field });
  }
  const known = await sweepCandidates(em, addresses, MOST_SWEPT);
  for (const [place, { address, plan }] of wishes.entries()) {
    const at = `${field}.${place}`;
    const candidate = known.find((one) => one.address === address);
    if (!candidate) {
      throw new BadInput(`${address} is no deposit address that the desk derived.`, { field: at });
    }
    if (!candidate.signable) {
      throw new IllegalState(
        'The private side of the account that this address is derived from is not registered: see registerDepositSeed.',
        { field: at },
      );
    }
    if (candidate.isOpen) {
      throw new IllegalState(`A sweep of ${address} is under way.`, { field: at });
    }
    if (plan.skip !== null) throw new IllegalState(`${address}: ${plan.skip}`, { field: at });
  }
}

/** @throws IllegalState when the treasury cannot spare it */
async function checkFuel(
  em: EntityManager,
  walletId: string,
  fuel: bigint,
  values: SettingValues,
): Promise<void> {
  if (fuel === 0n) return;
  await requireKey(em, walletId, 'transfer');
  const locked = present(await lockWallet(em, walletId), 'treasury');
  const { balance, spending, feeReserve } = await readWalletFacts(em, locked, values);
  const spare = balance - spending - feeReserve;
  if (fuel <= spare) return;
  throw new IllegalState(
    `The fees take ${formatAmount(fuel)} TRX, and the treasury wallet has ${formatAmount(spare > 0n ? spare : 0n)} to spare: pay TRX in, or sweep less at once.`,
    { field: 'input.items' },
  );
}

function hashOf({ wishes, reason }: SweepCommand): Buffer {
  const items = wishes.map(({ address, currency }) => `${address} ${currency}`);
  return Buffer.from(contentHash(reason.trim(), ...items), 'hex');
}
