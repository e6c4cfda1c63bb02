import type { BlockHeader, ChainBlock } from '../chain/block.ts';
import { NodeFault } from '../tron/node-fault.ts';
import type { TronNodes } from '../tron/node-pool.ts';

/** Blocks with the node that they were had from. */
export interface FetchedBlocks {
  readonly blocks: readonly ChainBlock[];
  readonly servedBy: string;
  /** Their header's root does not prove the transactions; several nodes told them alike. */
  readonly unproved?: true;
}

/**
 * Solid blocks [from, end), all of them, linked to each other and to `parentId` (null where the
 * parent is not known). A node that has not got them is stale, one whose blocks do not link
 * contradicts our chain: both have the next node asked.
 * @throws ChainUnavailable when no node has them
 */
export function fetchSolidBlocks(
  nodes: TronNodes,
  parentId: string | null,
  from: number,
  end: number,
): Promise<FetchedBlocks> {
  return nodes.read(async (node) => {
    const blocks =
      end - from === 1
        ? [await node.blockByNumber('solid', from)].filter((block) => block !== null)
        : await node.blockRange('solid', from, end);
    if (blocks.length < end - from) {
      const missing = from + blocks.length;
      throw new NodeFault('stale', node.name, `it has no solid block ${missing} yet`);
    }
    const broken = brokenLink(parentId, blocks);
    if (broken !== null) {
      const what = `its solid block ${broken.number} does not follow the block before it`;
      throw new NodeFault('wrong-chain', node.name, what);
    }
    return { blocks, servedBy: node.name };
  });
}

/**
 * A solid block whose root proves its transactions at no node, because one of them holds what JSON
 * does not tell: taken when at least `voices` nodes tell the same transactions and results, and none others.
 * @returns null when they do not
 */
export async function fetchUnprovenBlock(
  nodes: TronNodes,
  parentId: string,
  number: number,
  voices: number,
): Promise<FetchedBlocks | null> {
  const told = await nodes.askAll(async (node) => ({
    node: node.name,
    block: await node.blockByNumber('solid', number, { unproved: true }),
  }));
  const contents = new Set(told.map(({ block }) => block && contentOf(block)));
  const first = told.find(({ block }) => block !== null);
  if (first?.block?.parentId !== parentId || told.length < voices || contents.size > 1) return null;
  return { blocks: [first.block], servedBy: first.node, unproved: true };
}

function contentOf({ id, transactions }: ChainBlock): string {
  return JSON.stringify([id, transactions.map(({ txid, succeeded }) => [txid, succeeded])]);
}

/** The first block that does not name the one before it as its parent. */
export function brokenLink<Block extends BlockHeader>(
  parentId: string | null,
  blocks: readonly Block[],
): Block | null {
  let expected = parentId;
  for (const block of blocks) {
    if (expected !== null && block.parentId !== expected) return block;
    expected = block.id;
  }
  return null;
}
