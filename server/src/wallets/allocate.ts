import { divideUp, smallest, sum, UNIT } from '../kernel/money.ts';
import { energyOfStake, type ResourceRatio, stakeForEnergy } from '../tron/resource-maths.ts';

/** A wallet that could deliver, with the stake it has not promised to anybody. */
export interface Candidate {
  readonly walletId: string;
  readonly label: string;
  readonly freeSun: bigint;
}

/** What one wallet contributes to an order. */
export interface Share {
  readonly walletId: string;
  readonly energy: bigint;
  readonly stakeSun: bigint;
}

export interface Allocation {
  readonly shares: readonly Share[];
  /** For people: why these wallets. */
  readonly reason: string;
}

export interface AllocationTerms {
  readonly ratio: ResourceRatio;
  readonly marginPerMille: bigint;
}

/** An order is not torn into more pieces than this: each costs two transactions. */
const MAX_SHARES = 8;

/**
 * Best fit: the wallet that is left with the least, among those that can deliver all; otherwise the
 * largest ones together, the last of them again by best fit. The shares' Energy adds up exactly.
 * @returns undefined when the pool cannot deliver it
 */
export function allocate(
  energy: bigint,
  candidates: readonly Candidate[],
  terms: AllocationTerms,
): Allocation | undefined {
  const whole = bestFit(energy, candidates, terms);
  if (whole) {
    const { share, candidate } = whole;
    const reason = `${candidate.label} has the smallest free stake that delivers all of it.`;
    return { shares: [share], reason };
  }
  const remaining = [...candidates].sort((a, b) => compare(b.freeSun, a.freeSun));
  const shares: Share[] = [];
  const labels: string[] = [];
  let missing = energy;
  while (missing > 0n && shares.length < MAX_SHARES) {
    const rest = bestFit(missing, remaining, terms);
    const candidate = rest?.candidate ?? remaining[0];
    if (!candidate) return undefined;
    const share = rest?.share ?? fill(candidate, terms);
    if (share.energy <= 0n) return undefined;
    remaining.splice(remaining.indexOf(candidate), 1);
    shares.push(share);
    labels.push(candidate.label);
    missing -= share.energy;
  }
  if (missing > 0n) return undefined;
  const reason = `No single wallet has enough free stake: ${labels.join(', ')} deliver it together.`;
  return { shares, reason };
}

/** Takes what was allocated from what is free, so that the next allocation does not get it too. */
export function takeShares<Wallet extends Candidate>(
  { shares }: Allocation,
  free: Map<string, Wallet>,
): void {
  for (const { walletId, stakeSun } of shares) {
    const wallet = free.get(walletId);
    if (wallet) free.set(walletId, { ...wallet, freeSun: wallet.freeSun - stakeSun });
  }
}

/** The most Energy that the candidates can deliver in one order. */
export function deliverableEnergy(
  candidates: readonly Candidate[],
  terms: AllocationTerms,
): bigint {
  const each = candidates.map((candidate) => fill(candidate, terms).energy);
  return sum(each.sort((a, b) => compare(b, a)).slice(0, MAX_SHARES));
}

function bestFit(
  energy: bigint,
  candidates: readonly Candidate[],
  { ratio, marginPerMille }: AllocationTerms,
): { share: Share; candidate: Candidate } | undefined {
  const stakeSun = stakeForEnergy(energy, ratio, marginPerMille);
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    const fits = candidate.freeSun >= stakeSun;
    if (fits && (!best || candidate.freeSun < best.freeSun)) best = candidate;
  }
  return best && { share: { walletId: best.walletId, energy, stakeSun }, candidate: best };
}

/** All that a wallet has free, as the Energy that its whole TRX surely yield. */
function fill(candidate: Candidate, { ratio, marginPerMille }: AllocationTerms): Share {
  const { walletId, freeSun } = candidate;
  const wholeTrx = (freeSun / UNIT) * UNIT;
  if (wholeTrx < UNIT) return { walletId, energy: 0n, stakeSun: 0n };
  let energy = energyOfStake((wholeTrx * 1000n) / (1000n + marginPerMille), ratio);
  let stakeSun = stakeForEnergy(energy, ratio, marginPerMille);
  while (stakeSun > freeSun && energy > 0n) {
    const excess = energyOfStake(stakeSun - freeSun, ratio);
    energy -= smallest(energy, divideUp(excess, 2n) + 1n);
    stakeSun = stakeForEnergy(energy, ratio, marginPerMille);
  }
  return { walletId, energy, stakeSun };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
