import { formatAmount, smallest, UNIT } from '../kernel/money.ts';

/** A wallet of the pool that may need TRX; amounts in sun. */
export interface ThirstyWallet {
  readonly walletId: string;
  readonly label: string;
  readonly balance: bigint;
  /** A top-up is on its way, or landed and not yet seen in the balance. */
  readonly open: boolean;
  /** Why the last top-up came to nothing, if that was a moment ago. */
  readonly failed: string | null;
}

export interface TopUpRule {
  readonly enabled: boolean;
  readonly low: bigint;
  readonly target: bigint;
  readonly dailyLimit: bigint;
  readonly treasuryMinimum: bigint;
}

export interface TopUpFacts {
  readonly rule: TopUpRule;
  /** Null where none is set; what is under way is taken off the balance already. */
  readonly treasury: { readonly walletId: string; readonly spendable: bigint } | null;
  /** The setting names an address that is no wallet of the pool. */
  readonly treasuryUnknown: boolean;
  /** Every wallet but the treasury. */
  readonly wallets: readonly ThirstyWallet[];
  /** Of today's top-ups that landed or may land. */
  readonly spentToday: bigint;
}

export interface PlannedTopUp {
  readonly walletId: string;
  readonly sun: bigint;
}

export interface TopUpPlan {
  readonly topUps: readonly PlannedTopUp[];
  /** Why a wallet goes without, for people; null when none does. */
  readonly problem: string | null;
}

/** A transfer of less is not worth its fee. */
const LEAST = UNIT;

/**
 * Who gets how much now: the emptiest wallet first, up to the target, or as much as the day's limit
 * and the treasury's minimum leave. A wallet with an open top-up gets none.
 */
export function planTopUps(facts: TopUpFacts): TopUpPlan {
  const { rule, treasury, treasuryUnknown } = facts;
  const thirsty = facts.wallets
    .filter(({ balance, open }) => balance < rule.low && !open)
    .sort((a, b) => (a.balance < b.balance ? -1 : a.balance > b.balance ? 1 : 0));
  const none = (problem: string | null): TopUpPlan => ({ topUps: [], problem });
  const waiting = thirsty.map(({ label }) => label).join(', ');
  if (treasuryUnknown) return none('upkeep.treasuryWallet names no wallet of the pool.');
  if (!rule.enabled) return none(null);
  if (!treasury) {
    return none(thirsty.length > 0 ? `No treasury wallet is set, and ${waiting} run low.` : null);
  }
  const spendable = treasury.spendable - rule.treasuryMinimum;
  const problems: string[] = [];
  if (spendable < 0n) {
    problems.push(
      `The treasury wallet is low: ${formatAmount(treasury.spendable)} TRX, below its minimum of ${formatAmount(rule.treasuryMinimum)}.`,
    );
  }
  let left = smallest(spendable, rule.dailyLimit - facts.spentToday);
  const topUps: PlannedTopUp[] = [];
  for (const { walletId, label, balance, failed } of thirsty) {
    if (failed !== null) {
      problems.push(`The last top-up of ${label} came to nothing. ${failed}`);
      continue;
    }
    const sun = smallest(rule.target - balance, left);
    if (sun < LEAST) {
      problems.push(
        spendable < LEAST
          ? `${label} runs low, and the treasury wallet has nothing to spare.`
          : `${label} runs low, and today’s limit of ${formatAmount(rule.dailyLimit)} TRX is used up.`,
      );
      continue;
    }
    left -= sun;
    topUps.push({ walletId, sun });
  }
  return { topUps, problem: problems.length > 0 ? problems.join(' ') : null };
}
