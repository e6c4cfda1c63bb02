import type { EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import { type NewEvent, recordEvents } from '../events/record-events.ts';
import type { ChainParameters } from '../tron/chain-parameters.ts';
import type { Disagreement } from '../tron/solid-agreement.ts';

/** There is one chain, and it has no row of its own. */
const CHAIN = '00000000-0000-0000-0000-000000000000';

const DISAGREEMENT = 'node.disagreement';
const AGREEMENT = 'node.agreement';
const READ = 'chain.parametersRead';
const CHANGED = 'chain.parametersChanged';
const ALARM = 'chain.pricesChanged';

/** Told among the parameters, and no decision of the network: it moves with every block. */
const MEASURED = new Set(['getTotalEnergyAverageUsage']);

/** Any number, the same in every process: these records are compared with the last one of their kind. */
const LOCK = 7_201_611;

/** What an order's cost or a rental's yield is computed from: a change is no routine. */
const MATTERS = new Set([
  'getEnergyFee',
  'getTransactionFee',
  'getMemoFee',
  'getMultiSignFee',
  'getUpdateAccountPermissionFee',
  'getCreateNewAccountFeeInSystemContract',
  'getCreateAccountFee',
  'getTotalEnergyCurrentLimit',
  'getTotalEnergyLimit',
  'getUnfreezeDelayDays',
  'getMaxDelegateLockPeriod',
  'getDynamicEnergyThreshold',
  'getDynamicEnergyIncreaseFactor',
  'getDynamicEnergyMaxFactor',
]);

/**
 * Writes that nodes disagree about a solid block, or that they agree again (null), unless that is
 * what was written last: told again after a restart, it is one event.
 */
export async function recordDisagreement(
  em: EntityManager,
  disagreement: Disagreement | null,
): Promise<void> {
  const last = await lastEvent(em, [DISAGREEMENT, AGREEMENT]);
  const open = last?.kind === DISAGREEMENT ? Number(last.payload['number']) : null;
  if (open === (disagreement?.number ?? null)) return;
  await record(
    em,
    disagreement === null
      ? { kind: AGREEMENT, payload: { number: open } }
      : {
          kind: DISAGREEMENT,
          payload: { number: disagreement.number, sayings: disagreement.sayings },
        },
  );
}

/**
 * Compares the chain's parameters with those that were written last and writes what changed, old
 * and new: `chain.parametersChanged`, and `chain.pricesChanged` for an alarm where what orders cost
 * or stake yields is among them. The first ones ever are written as `chain.parametersRead`.
 * @returns the names that changed
 */
export async function recordParameters(
  em: EntityManager,
  { byName }: Pick<ChainParameters, 'byName'>,
): Promise<string[]> {
  const now = Object.fromEntries(
    [...byName]
      .filter(([name]) => !MEASURED.has(name))
      .map(([name, value]) => [name, value.toString()]),
  );
  const last = await lastEvent(em, [READ, CHANGED]);
  if (last === undefined) {
    await record(em, { kind: READ, payload: { values: now } });
    return [];
  }
  const before = (last.payload['values'] ?? {}) as Readonly<Record<string, string>>;
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => before[name] !== now[name])
    .sort();
  if (names.length === 0) return [];
  const changes = names.map((name) => ({
    name,
    old: before[name] ?? null,
    new: now[name] ?? null,
  }));
  await record(em, { kind: CHANGED, payload: { changes, values: now } });
  const prices = changes.filter(({ name }) => MATTERS.has(name));
  if (prices.length > 0) await record(em, { kind: ALARM, payload: { changes: prices } });
  return names;
}

interface LastEvent {
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Locks the comparison until the end of the transaction, so that two processes write it once. */
async function lastEvent(
  em: EntityManager,
  kinds: readonly string[],
): Promise<LastEvent | undefined> {
  await execute(em, 'select pg_advisory_xact_lock($1)', [LOCK]);
  return queryOne<LastEvent>(
    em,
    `select kind, payload from events where subject_id = $1 and kind = any($2)
     order by position desc limit 1`,
    [CHAIN, kinds],
  );
}

function record(em: EntityManager, event: Pick<NewEvent, 'kind' | 'payload'>): Promise<void> {
  return recordEvents(em, [{ ...event, subjectKind: 'chain', subjectId: CHAIN }]);
}
