import { addressToHex, type Address } from '../chain/address.ts';
import type { View } from '../chain/block.ts';
import { encodeTokenCall, type TokenCall } from '../chain/token-call.ts';
import type { TronNode } from './node-client.ts';

/** First four bytes of keccak256 of balanceOf(address). */
const BALANCE_OF = '70a08231';

/** What an account holds of a TRC-20 token, in its smallest units. @throws NodeFault */
export async function tokenBalance(
  node: TronNode,
  view: View,
  contract: Address,
  owner: Address,
): Promise<bigint> {
  const data = `${BALANCE_OF}${addressToHex(owner).slice(2).padStart(64, '0')}`;
  return (await node.constantCall(view, contract, owner, data)).amount;
}

/**
 * Energy that a transfer of tokens would use at this node's head, own and burnt together; null when
 * it would fail, as without the tokens.
 * @throws NodeFault
 */
export async function tokenTransferEnergy(
  node: TronNode,
  contract: Address,
  owner: Address,
  call: TokenCall,
): Promise<bigint | null> {
  const { energy, reverted } = await node.constantCall(
    'head',
    contract,
    owner,
    encodeTokenCall(call),
  );
  return reverted ? null : energy;
}
