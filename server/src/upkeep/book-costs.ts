import type { Database, EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemAccount } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { NodeFault } from '../tron/node-fault.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import type { TransactionInfo } from '../tron/node-replies.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import { CHAIN_FEE } from './booked-fees.ts';

export interface CostBookerParts {
  readonly database: Database;
  readonly nodes: TronNodes;
}

/** Blocks looked at in one call of {@link bookCosts}; the rest comes with the next. */
const MAX_BLOCKS = 100;
/** A block that no node has the receipts of holds up no other; when many have none, nobody has. */
const MAX_FAILURES = 5;

const bookkeeper = system('costs');

interface UnbookedBlock {
  block: bigint;
  txids: string[];
}

/**
 * Reads what the pool's solid transactions cost and books it: each transaction once, however often
 * its block is read and however many processes do it, since the fee is written and posted in one
 * database transaction, and posted under its txid.
 * @returns how many transactions were booked; 0 when none was left, or another process has them
 * @throws ChainUnavailable when no node has one of the blocks; those of other blocks are booked
 */
export async function bookCosts({ database, nodes }: CostBookerParts): Promise<number> {
  const blocks = await query<UnbookedBlock>(
    database.read(),
    `select block, array_agg(txid) as txids from wallet_transactions
     where fee_sun is null group by block order by block limit ${MAX_BLOCKS.toString()}`,
  );
  let booked = 0;
  const failures: ChainUnavailable[] = [];
  for (const { block, txids } of blocks) {
    if (failures.length === MAX_FAILURES) break;
    try {
      const infos = await readInfos(nodes, Number(block), txids);
      booked += await database.transaction(bookkeeper, (em) => bookFees(em, infos));
    } catch (error) {
      if (!(error instanceof ChainUnavailable)) throw error;
      failures.push(error);
    }
  }
  const [failure] = failures;
  if (failure) throw failure;
  return booked;
}

/** What became of these transactions of a solid block, from a node that has all of them. */
function readInfos(
  nodes: TronNodes,
  block: number,
  txids: readonly string[],
): Promise<TransactionInfo[]> {
  return nodes.read(async (node) => {
    const infos = new Map(
      (await node.transactionInfosOfBlock('solid', block)).map((info) => [info.txid, info]),
    );
    return txids.map((txid) => {
      const info = infos.get(txid);
      if (info) return info;
      // Balanced nodes may lag behind the one that had the block (tron-facts 6.1).
      throw new NodeFault('stale', node.name, `it has no receipt of ${txid} in block ${block} yet`);
    });
  });
}

/** @returns how many of them nobody had booked before */
async function bookFees(em: EntityManager, infos: readonly TransactionInfo[]): Promise<number> {
  // Whoever comes second waits here, and then finds the fee set.
  const fresh = await query<{ txid: string; fee: bigint }>(
    em,
    `update wallet_transactions t
     set fee_sun = i.fee, bandwidth_used = i.bandwidth, energy_used = i.energy
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as i(txid, fee, bandwidth, energy)
     where t.txid = i.txid and t.fee_sun is null
     returning t.txid, t.fee_sun as fee`,
    [
      infos.map(({ txid }) => txid),
      infos.map(({ feeSun }) => feeSun),
      infos.map(({ bandwidthUsed }) => bandwidthUsed),
      infos.map(({ energyUsed }) => energyUsed),
    ],
  );
  const costs = await systemAccount(em, 'desk.costs.chain', 'TRX');
  const burnt = await systemAccount(em, 'chain.fees', 'TRX');
  const order = new Map(infos.map(({ txid }, index) => [txid, index]));
  const place = (txid: string): number => present(order.get(txid), 'place in the block');
  await postTransfers(
    em,
    bookkeeper,
    fresh
      .filter(({ fee }) => fee > 0n)
      .sort((a, b) => place(a.txid) - place(b.txid))
      .map(({ txid, fee }) => ({
        kind: CHAIN_FEE,
        reference: txid,
        postings: [
          { account: costs, amount: -fee },
          { account: burnt, amount: fee },
        ],
      })),
  );
  return fresh.length;
}
