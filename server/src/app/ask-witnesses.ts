import type { Clock } from '../kernel/clock.ts';
import type { StakingResolverParts } from '../staking/staking.resolver.ts';
import type { Address } from '../chain/address.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import type { ChainParts } from './chain.ts';

const KEEP_MS = 3_600_000;

/** Asks nodes about witnesses; what each keeps of the rewards changes every six hours at most. */
export function askWitnesses(
  chain: ChainParts,
  clock: Clock,
): Pick<StakingResolverParts, 'witnesses' | 'brokerage'> {
  const known = new Map<Address, { readonly percent: number; readonly until: number }>();
  return {
    witnesses: () => chain.nodes.read((node) => node.witnesses('solid')),
    async brokerage(witness) {
      const kept = known.get(witness);
      if (kept && kept.until > clock.monotonic()) return kept.percent;
      try {
        const percent = await chain.nodes.read((node) => node.brokerage('solid', witness));
        known.set(witness, { percent, until: clock.monotonic() + KEEP_MS });
        return percent;
      } catch (error) {
        if (error instanceof ChainUnavailable) return null;
        throw error;
      }
    },
  };
}
