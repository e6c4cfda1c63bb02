import { assert } from '../kernel/assert.ts';
import { largest, smallest } from '../kernel/money.ts';
import {
  delegatableStake,
  energyOfStake,
  FULL_WINDOW_SLOTS,
  type ResourceRatio,
  type ResourceUsage,
  SLOT_MS,
  usageAt,
} from '../chain/resource-maths.ts';
import { type Reserve, splitFree } from '../capacity/kept-back.ts';

/** A wallet as it is known now: chain's figures from its last observation, promises as of now. Sun. */
export interface ForecastWallet {
  readonly walletId: string;
  readonly sells: boolean;
  readonly staked: bigint;
  /** Of `staked`, what is delegated out. */
  readonly delegated: bigint;
  /** Energy used up and not recovered, with its window. */
  readonly usage: ResourceUsage;
  /** Stake of others and of Stake 1.0, which that usage occupies first. */
  readonly absorbing: bigint;
  /** Promised and not delivered. */
  readonly reserved: bigint;
  /** Delivered and not taken back for sure. */
  readonly rented: bigint;
  /** Being unstaked: never free again. */
  readonly unstaking: bigint;
}

/** Stake of a wallet that comes back at the `step`-th point or before it. */
export interface Ending {
  readonly walletId: string;
  readonly step: number;
  readonly sun: bigint;
}

export interface ForecastTerms {
  readonly ratio: ResourceRatio;
  readonly reserve: Reserve;
  /** Chain time of point 0. */
  readonly fromMs: number;
  readonly stepMs: number;
  /** Points after point 0. */
  readonly steps: number;
}

/** Energy a day at one moment; all but `freeIfUsed` and `returning` add up to about `staked`. */
export interface ForecastPoint {
  readonly atMs: number;
  readonly staked: bigint;
  /** Can be sold, if nothing more is sold and buyers used nothing: of wallets that sell. */
  readonly free: bigint;
  /** The same if every buyer uses all just before the end of his time. */
  readonly freeIfUsed: bigint;
  /** Free, but of wallets that do not sell. */
  readonly idle: bigint;
  readonly keptBack: bigint;
  readonly reserved: bigint;
  readonly rented: bigint;
  readonly recovering: bigint;
  readonly unstaking: bigint;
  /** Ended since the point before, and taken back. */
  readonly returning: bigint;
}

/**
 * What can be sold from now on if nothing more is sold: rentals end, promises are delivered and end,
 * and usage recovers linearly over the chain's window. The ratio is taken to stay as it is.
 * @returns `steps + 1` points, the first of them now
 */
export function forecastPool(
  wallets: readonly ForecastWallet[],
  endings: readonly Ending[],
  terms: ForecastTerms,
): ForecastPoint[] {
  assert(terms.steps >= 0 && terms.stepMs > 0, 'a forecast goes forward');
  const ofWallet = Map.groupBy(endings, ({ walletId }) => walletId);
  const each = wallets.map((wallet) =>
    forecastWallet(wallet, ofWallet.get(wallet.walletId) ?? [], terms),
  );
  return Array.from({ length: terms.steps + 1 }, (_none, step) => {
    const atMs = terms.fromMs + step * terms.stepMs;
    return each.reduce((total, points) => add(total, points[step] ?? nothing(atMs)), nothing(atMs));
  });
}

function forecastWallet(
  wallet: ForecastWallet,
  endings: readonly Ending[],
  terms: ForecastTerms,
): ForecastPoint[] {
  const returning = Array.from({ length: terms.steps + 1 }, () => 0n);
  for (const { step, sun } of endings) {
    const at = returning[step];
    if (at !== undefined) returning[step] = at + sun;
  }
  const stillUsed = new UsedStake(terms.stepMs);
  let returned = 0n;
  return returning.map((back, step) => {
    returned += back;
    const used = stillUsed.after(step, back);
    return pointOf(wallet, { step, back, returned, used }, terms);
  });
}

function pointOf(
  wallet: ForecastWallet,
  moment: {
    readonly step: number;
    /** Stake that came back since the step before, all that did until now, and what of it is used. */
    readonly back: bigint;
    readonly returned: bigint;
    readonly used: bigint;
  },
  { ratio, reserve, fromMs, stepMs }: ForecastTerms,
): ForecastPoint {
  const { staked, absorbing, unstaking, sells } = wallet;
  const { step, back, returned } = moment;
  const atMs = fromMs + step * stepMs;
  const energy = (sun: bigint): bigint => energyOfStake(sun, ratio);
  const promised = wallet.reserved + wallet.rented;
  const out = largest(0n, promised - returned);
  const reserved = step === 0 ? smallest(wallet.reserved, out) : 0n;
  // What is promised leaves the wallet, what comes back is its own again.
  const delegated = smallest(staked, step === 0 ? wallet.delegated : out);
  const delegatable = delegatableStake(
    { frozen: staked - delegated, usageEnergy: usageAt(wallet.usage, atMs), acquired: absorbing },
    ratio,
  );
  const sellable = delegatable + delegated;
  const { free, keptBack } = splitFree({ staked, sellable, committed: out + unstaking }, reserve);
  const unrecovered = smallest(free + keptBack, moment.used);
  const ifUsed = splitFree(
    { staked, sellable: sellable - unrecovered, committed: out + unstaking },
    reserve,
  );
  return {
    atMs,
    staked: energy(staked),
    free: sells ? energy(free) : 0n,
    freeIfUsed: sells ? energy(ifUsed.free) : 0n,
    idle: sells ? 0n : energy(free),
    keptBack: energy(keptBack),
    reserved: energy(reserved),
    rented: energy(out - reserved),
    recovering: energy(staked - sellable),
    unstaking: energy(unstaking),
    returning: energy(back),
  };
}

/**
 * Stake that came back wholly used: each part recovers over a day from its return on. Sums that are
 * carried from step to step keep a forecast linear in its points.
 */
class UsedStake {
  static readonly #DAY_MS = Number(FULL_WINDOW_SLOTS) * SLOT_MS;
  readonly #stepMs: number;
  readonly #parts: { readonly step: number; readonly sun: bigint }[] = [];
  #recovered = 0;
  #sun = 0n;
  #sunTimesStep = 0n;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  /** What is unrecovered at a step at which this much came back; steps come in their order. */
  after(step: number, sun: bigint): bigint {
    this.#change(step, sun);
    this.#parts.push({ step, sun });
    for (;;) {
      const oldest = this.#parts[this.#recovered];
      if (!oldest || (step - oldest.step) * this.#stepMs < UsedStake.#DAY_MS) break;
      this.#change(oldest.step, -oldest.sun);
      this.#recovered += 1;
    }
    const sunSteps = BigInt(step) * this.#sun - this.#sunTimesStep;
    return this.#sun - (sunSteps * BigInt(this.#stepMs)) / BigInt(UsedStake.#DAY_MS);
  }

  #change(step: number, sun: bigint): void {
    this.#sun += sun;
    this.#sunTimesStep += BigInt(step) * sun;
  }
}

function nothing(atMs: number): ForecastPoint {
  return {
    atMs,
    staked: 0n,
    free: 0n,
    freeIfUsed: 0n,
    idle: 0n,
    keptBack: 0n,
    reserved: 0n,
    rented: 0n,
    recovering: 0n,
    unstaking: 0n,
    returning: 0n,
  };
}

function add(one: ForecastPoint, other: ForecastPoint): ForecastPoint {
  return {
    atMs: one.atMs,
    staked: one.staked + other.staked,
    free: one.free + other.free,
    freeIfUsed: one.freeIfUsed + other.freeIfUsed,
    idle: one.idle + other.idle,
    keptBack: one.keptBack + other.keptBack,
    reserved: one.reserved + other.reserved,
    rented: one.rented + other.rented,
    recovering: one.recovering + other.recovering,
    unstaking: one.unstaking + other.unstaking,
    returning: one.returning + other.returning,
  };
}
