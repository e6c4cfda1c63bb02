import { assert } from '../kernel/assert.ts';
import { divideUp, largest, UNIT } from '../kernel/money.ts';

/**
 * What a staked TRX yields at a moment: `totalLimit` energy a day shared among `totalWeight` TRX
 * (whole TRX, not sun). getaccountresource calls them TotalEnergyLimit and TotalEnergyWeight.
 */
export interface ResourceRatio {
  readonly totalLimit: bigint;
  readonly totalWeight: bigint;
}

/** The chain's own recovery window, in slots of 3 s: 24 h (java-tron ResourceProcessor). */
export const FULL_WINDOW_SLOTS = 28_800n;
export const SLOT_MS = 3_000;

/** The chain counts averages with six places. */
const PRECISION = 1_000_000n;

/**
 * Stake, in sun, that yields at least `energy` a day: rounded up to whole TRX, at least 1 TRX.
 * `marginPerMille` is added on top against the weight's drift during a rental.
 */
export function stakeForEnergy(
  energy: bigint,
  ratio: ResourceRatio,
  marginPerMille: bigint,
): bigint {
  assert(energy >= 0n && marginPerMille >= 0n, 'energy and margin are not negative');
  assert(ratio.totalLimit > 0n && ratio.totalWeight > 0n, 'the ratio is positive');
  const wanted = energy * ratio.totalWeight * (1000n + marginPerMille);
  let stake = largest(UNIT, divideUp(wanted, ratio.totalLimit * 1000n) * UNIT);
  // The chain's doubles may fall one short where the exact quotient just reaches a whole number.
  while (energyOfStake(stake, ratio) < energy) stake += UNIT;
  return stake;
}

/**
 * Energy a day of `stake` sun, exactly as the chain reckons it: in doubles, cut to a whole number
 * (java-tron EnergyProcessor.calculateGlobalEnergyLimitV2). Call it on an account's whole stake: the
 * sum of parts is up to one less per part.
 */
export function energyOfStake(stake: bigint, ratio: ResourceRatio): bigint {
  assert(stake >= 0n, 'stake is not negative');
  if (ratio.totalWeight <= 0n) return 0n;
  const perTrx = Number(ratio.totalLimit) / Number(ratio.totalWeight);
  return BigInt(Math.trunc((Number(stake) / 1_000_000) * perTrx));
}

/** What bounds the stake that an owner can delegate; amounts in sun, usage in energy. */
export interface OwnedStake {
  /** frozenV2 of the resource: stake that is not delegated out. */
  readonly frozen: bigint;
  /** Usage that has not recovered yet, at the moment asked about. */
  readonly usageEnergy: bigint;
  /** Delegated to the owner by others; it absorbs usage first. */
  readonly acquired: bigint;
  /** Stake 1.0 left-overs; they absorb usage too. */
  readonly frozenV1?: bigint;
  readonly acquiredV1?: bigint;
}

/**
 * Sun of energy stake that the chain lets the owner delegate (DelegateResourceActuator, same as
 * getcandelegatedmaxsize): the frozen stake less what unrecovered usage occupies. Under 1 TRX it is 0.
 */
export function delegatableStake(owned: OwnedStake, ratio: ResourceRatio): bigint {
  assert(ratio.totalLimit > 0n, 'the ratio is positive');
  const perEnergy = Number(ratio.totalWeight) / Number(ratio.totalLimit);
  const usageSun = BigInt(Math.trunc(Number(owned.usageEnergy * UNIT) * perEnergy));
  const absorbed = (owned.frozenV1 ?? 0n) + (owned.acquiredV1 ?? 0n) + owned.acquired;
  const free = owned.frozen - largest(0n, usageSun - absorbed);
  return free < UNIT ? 0n : free;
}

/** Usage as it stood at a block's time, with the window over which it recovers from then on. */
export interface ResourceUsage {
  readonly usage: bigint;
  readonly windowSlots: bigint;
  readonly atMs: number;
}

/**
 * The part of a usage that is still unrecovered at a later block time, linear over its window, as
 * the chain rounds it (ResourceProcessor.increase). Note that getaccount's usage is already brought
 * up to the head at which it was read: `atMs` is that block's time, not latest_consume_time.
 */
export function usageAt(measured: ResourceUsage, blockTimeMs: number): bigint {
  const window = measured.windowSlots > 0n ? measured.windowSlots : FULL_WINDOW_SLOTS;
  const elapsed = BigInt(Math.floor((blockTimeMs - measured.atMs) / SLOT_MS));
  if (elapsed <= 0n) return measured.usage;
  if (elapsed >= window) return 0n;
  const average = divideUp(measured.usage * PRECISION, window);
  const decay = Number(window - elapsed) / Number(window);
  return (BigInt(Math.round(Number(average) * decay)) * window) / PRECISION;
}

/** The earliest block time at which no more than `usage` is left unrecovered. */
export function recoveredBy(measured: ResourceUsage, usage: bigint): number {
  let [low, high] = [0n, measured.windowSlots > 0n ? measured.windowSlots : FULL_WINDOW_SLOTS];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (usageAt(measured, measured.atMs + Number(middle) * SLOT_MS) <= usage) high = middle;
    else low = middle + 1n;
  }
  return measured.atMs + Number(low) * SLOT_MS;
}
