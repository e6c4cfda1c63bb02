import { type Currency, divideUp, formatAmount, largest } from '../kernel/money.ts';

/** A deposit address as the chain shows it. */
export interface SweptAddress {
  /** False while it holds tokens alone: such an account cannot send anything yet. */
  readonly exists: boolean;
  readonly sun: bigint;
  readonly microUsdt: bigint;
  /** Bytes of bandwidth that cost nothing now. */
  readonly freeBandwidth: bigint;
  readonly ownEnergy: bigint;
  /** That the transfer of all its USDT would use; null when the chain says that it would fail. */
  readonly energyNeeded: bigint | null;
}

/** What the chain charges, and from where on it is worth it. */
export interface SweepTerms {
  readonly energyPriceSun: bigint;
  readonly bandwidthPriceSun: bigint;
  readonly activationFeeSun: bigint;
  readonly minimum: Readonly<Record<Currency, bigint>>;
}

/** One currency of one address. */
export interface PlannedSweep {
  readonly currency: Currency;
  /** Micro-units that would arrive. */
  readonly amount: bigint;
  /** Bytes and Energy that the transfer uses, and what of that, with the activation, burns TRX. */
  readonly bandwidth: bigint;
  readonly energy: bigint;
  readonly burnSun: bigint;
  /** What the call may burn at the most; 0 for TRX. */
  readonly feeLimitSun: bigint;
  /** TRX that the treasury has to send there first. */
  readonly fuelSun: bigint;
  /** Why it is not worth it, or not possible; null when it is. */
  readonly skip: string | null;
}

/** Of signed transfers with their results, rounded up (tron-facts 7, and measured). */
const TRX_BYTES = 275n;
const TOKEN_BYTES = 350n;
/** What a call may burn beyond the estimate, in per cent: prices of Energy move with the contract's use. */
const MARGIN_PERCENT = 30n;

/** Both currencies of an address, USDT first: its TRX may be needed for the fee. */
export function planSweep(address: SweptAddress, terms: SweepTerms): PlannedSweep[] {
  const tokens = planTokens(address, terms);
  const sweepsTokens = tokens.skip === null;
  const coins = planCoins(address, terms);
  return [
    tokens,
    sweepsTokens && coins.skip === null
      ? { ...coins, skip: 'Its USDT go first: their fee is paid of these TRX.' }
      : coins,
  ];
}

function planTokens(address: SweptAddress, terms: SweepTerms): PlannedSweep {
  const { microUsdt: amount, energyNeeded, ownEnergy, sun, exists } = address;
  const energy = energyNeeded ?? 0n;
  const burnt = largest(0n, energy - ownEnergy) * terms.energyPriceSun;
  const bandwidthSun = bandwidthBurn(TOKEN_BYTES, address, terms);
  const feeLimitSun = divideUp(energy * terms.energyPriceSun * (100n + MARGIN_PERCENT), 100n);
  const needed = divideUp(burnt * (100n + MARGIN_PERCENT), 100n) + bandwidthSun;
  return {
    currency: 'USDT',
    amount,
    bandwidth: TOKEN_BYTES,
    energy,
    burnSun: burnt + bandwidthSun + (exists ? 0n : terms.activationFeeSun),
    feeLimitSun: largest(1n, feeLimitSun),
    // An account that does not exist is made by its first TRX.
    fuelSun: largest(exists ? 0n : 1n, needed - sun),
    skip:
      tooLittle('USDT', amount, terms) ??
      (energyNeeded === null ? 'The contract would refuse the transfer.' : null),
  };
}

function planCoins(address: SweptAddress, terms: SweepTerms): PlannedSweep {
  const burnSun = bandwidthBurn(TRX_BYTES, address, terms);
  const amount = largest(0n, address.sun - burnSun);
  return {
    currency: 'TRX',
    amount,
    bandwidth: TRX_BYTES,
    energy: 0n,
    burnSun,
    feeLimitSun: 0n,
    fuelSun: 0n,
    skip: tooLittle('TRX', amount, terms),
  };
}

/** One transaction is paid wholly by free bandwidth or wholly by burning TRX. */
function bandwidthBurn(bytes: bigint, { freeBandwidth }: SweptAddress, terms: SweepTerms): bigint {
  return freeBandwidth >= bytes ? 0n : bytes * terms.bandwidthPriceSun;
}

function tooLittle(currency: Currency, amount: bigint, { minimum }: SweepTerms): string | null {
  if (amount === 0n) return `It holds no ${currency}.`;
  if (amount >= minimum[currency]) return null;
  return `It holds ${formatAmount(amount)} ${currency}; it is worth it from ${formatAmount(minimum[currency])} on.`;
}
