import { resourceOf, withResource } from '../state/account.ts';
import type { Account, Resource, ResourceState } from '../state/account.ts';
import { globalsOf } from '../state/chain-state.ts';
import type { StateView } from '../state/chain-state.ts';
import { fullWindow } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** java-tron averages usage per slot with this precision (ResourceProcessor). */
const precision = 1_000_000n;
/** Window sizes are kept × 1000 (window_optimized). */
const windowScale = 1_000n;

function divideCeil(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

function windowSize(state: ResourceState): bigint {
  return state.window < windowScale ? fullWindow : state.window / windowScale;
}

function windowSizeScaled(state: ResourceState): bigint {
  return state.window === 0n ? fullWindow * windowScale : state.window;
}

/** The average that is left after linear decay over `window`; doubles as in java-tron. */
function decayed(average: bigint, window: bigint, time: bigint, now: bigint): bigint {
  if (time >= now) return average;
  if (time + window <= now) return 0n;
  const decay = Number(window - (now - time)) / Number(window);
  return BigInt(Math.round(Number(average) * decay));
}

/** Units of the resource still counted as used at slot `now` (ResourceProcessor.recovery). */
export function usageAt(state: ResourceState, now: bigint): bigint {
  const window = windowSize(state);
  const average = decayed(divideCeil(state.usage * precision, window), window, state.time, now);
  return (average * window) / precision;
}

/** Usage of the free daily bandwidth at slot `now`. */
export function freeUsageAt(account: Account, now: bigint): bigint {
  const average = divideCeil(account.freeUsage * precision, fullWindow);
  return (decayed(average, fullWindow, account.freeTime, now) * fullWindow) / precision;
}

/**
 * Brings usage up to date and adds to it (ResourceProcessor.increaseV2): the new window is the
 * usage-weighted mean of what remains of the old one and of 24 h.
 */
export function increaseUsage(state: ResourceState, added: bigint, now: bigint): ResourceState {
  const window = windowSize(state);
  const average = decayed(divideCeil(state.usage * precision, window), window, state.time, now);
  const addedAverage = divideCeil(added * precision, fullWindow);
  const usage = (average * window + addedAverage * fullWindow) / precision;
  const remaining = (average * window) / precision;
  const full = fullWindow * windowScale;
  if (remaining === 0n) return { ...state, usage, time: now, window: full };
  const remainingWindow = windowSizeScaled(state) - (now - state.time) * windowScale;
  const mean = divideCeil(remaining * remainingWindow + added * full, usage);
  return { ...state, usage, time: now, window: mean < full ? mean : full };
}

/**
 * Usage that comes back to the owner when he takes his stake back
 * (ResourceProcessor.unDelegateIncreaseV2): windows are averaged by usage, at most 24 h.
 */
export function takeOverUsage(
  owner: ResourceState,
  receiver: ResourceState,
  moved: bigint,
  now: bigint,
): ResourceState {
  const current = increaseUsage(owner, 0n, now);
  const usage = current.usage + moved;
  const full = fullWindow * windowScale;
  if (usage === 0n) return { ...current, usage: 0n, time: now, window: full };
  const own = windowSizeScaled(current);
  const other = windowSizeScaled(receiver);
  const mean = divideCeil(current.usage * own + moved * other, usage);
  return { ...current, usage, time: now, window: mean < full ? mean : full };
}

/** Sun that counts for the resource: own stake and what others delegated. */
export function stakeFor(state: ResourceState): bigint {
  return state.frozen + state.acquired;
}

/** Limit and weight of a whole resource: units per day, and TRX staked for it. */
export function totals(
  view: StateView,
  parameters: Parameters,
  resource: Resource,
): { limit: bigint; weight: bigint } {
  const globals = globalsOf(view);
  return resource === 'ENERGY'
    ? { limit: parameters.totalEnergyLimit, weight: globals.totalEnergyWeight }
    : { limit: parameters.totalNetLimit, weight: globals.totalNetWeight };
}

/** Units a day that an account's stake yields (calculateGlobalEnergyLimitV2, in doubles). */
export function limitOf(
  view: StateView,
  parameters: Parameters,
  account: Account,
  resource: Resource,
): bigint {
  const { limit, weight } = totals(view, parameters, resource);
  if (weight === 0n) return 0n;
  const staked = Number(stakeFor(resourceOf(account, resource))) / 1e6;
  return BigInt(Math.floor(staked * (Number(limit) / Number(weight))));
}

/** Uses units of a staked resource if they are there; undefined when they are not. */
export function useStaked(
  view: StateView,
  parameters: Parameters,
  account: Account,
  resource: Resource,
  units: bigint,
  slot: bigint,
): Account | undefined {
  const state = resourceOf(account, resource);
  const limit = limitOf(view, parameters, account, resource);
  if (units > limit - usageAt(state, slot)) return undefined;
  return withResource(account, resource, increaseUsage(state, units, slot));
}

/**
 * Sun of own stake that can be delegated now: net of unrecovered usage, which other people's
 * delegations absorb first (getCanDelegatedMaxSize and DelegateResourceActuator).
 */
export function delegatable(
  view: StateView,
  parameters: Parameters,
  account: Account,
  resource: Resource,
  slot: bigint,
  extraUsage = 0n,
): bigint {
  const state = resourceOf(account, resource);
  const { limit, weight } = totals(view, parameters, resource);
  const usage = usageAt(state, slot) + extraUsage;
  const sun = BigInt(Math.floor(Number(usage) * 1e6 * (Number(weight) / Number(limit))));
  const own = sun > state.acquired ? sun - state.acquired : 0n;
  return state.frozen - own;
}
