import type { EntityManager } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import type { Address } from '../chain/address.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { tokenBalance } from '../tron/token-questions.ts';

/** Tokens that an account holds in the solid view, and a solid height that the view had reached. */
export interface HeldTokens {
  readonly owner: Address;
  readonly contract: Address;
  /** Smallest units. */
  readonly amount: bigint;
  readonly block: number;
}

/** Asks one node. @throws ChainUnavailable */
export function askHeldTokens(
  nodes: TronNodes,
  contract: Address,
  owner: Address,
): Promise<HeldTokens> {
  return nodes.read(async (node) => {
    // The header first: what is read after it is at least as new, on this same node.
    const { number } = await node.header('solid');
    const amount = await tokenBalance(node, 'solid', contract, owner);
    return { owner, contract, amount, block: number };
  });
}

/**
 * What of it is not on its way elsewhere: less all that may yet land, and what is solid in a block
 * that the view had not reached. The owner's row is locked, so that it stays so.
 */
export async function spendableTokens(
  em: EntityManager,
  { owner, contract, amount, block }: HeldTokens,
): Promise<bigint> {
  const row = await queryOne<{ amount: bigint }>(
    em,
    `select coalesce(sum((o.details ->> 'amount')::bigint), 0)::bigint as amount
     from chain_operations o
     where o.owner = $1 and o.kind = 'TOKEN_TRANSFER' and o.details ->> 'contract' = $2
       and (o.state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')
            or o.state = 'SOLID' and exists (
              select from attempts a
              where a.operation_id = o.id and a.state = 'SOLID' and a.included_block > $3))`,
    [owner, contract, block],
  );
  return amount - (row?.amount ?? 0n);
}
