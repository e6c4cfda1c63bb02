import type { Address } from '../chain/address.ts';
import { largest } from '../kernel/money.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { tokenBalance, tokenTransferEnergy } from '../tron/token-questions.ts';
import type { SweptAddress } from './plan-sweep.ts';

/**
 * Looks at a deposit address: what it holds in the solid view, and what sending it would take now.
 * @throws ChainUnavailable
 */
export function lookAtSwept(
  nodes: TronNodes,
  { address, contract, to }: { address: Address; contract: Address; to: Address },
): Promise<SweptAddress> {
  return nodes.read(async (node) => {
    const [account, resource, microUsdt] = await Promise.all([
      node.account('solid', address),
      node.accountResource(address),
      tokenBalance(node, 'solid', contract, address),
    ]);
    const energyNeeded =
      microUsdt > 0n
        ? await tokenTransferEnergy(node, contract, address, { to, amount: microUsdt })
        : 0n;
    return {
      exists: account !== null,
      sun: account?.balance ?? 0n,
      microUsdt,
      freeBandwidth: resource
        ? largest(
            0n,
            resource.freeBandwidthLimit - resource.freeBandwidthUsed,
            resource.bandwidthLimit - resource.bandwidthUsed,
          )
        : 0n,
      ownEnergy: resource ? largest(0n, resource.energyLimit - resource.energyUsed) : 0n,
      energyNeeded,
    };
  });
}
