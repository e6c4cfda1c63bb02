import type { SignerBook } from '../crypto/keys.ts';
import type { RuleContext } from '../rules/context.ts';
import { executeTransaction } from '../rules/execute.ts';
import type { Execution } from '../rules/execute.ts';
import { slotMs } from '../rules/parameters.ts';
import { checkSignatures } from '../rules/permissions.ts';
import { admit } from './admission.ts';
import type { KnownBlocks } from './admission.ts';
import { Block, merkleRoot, sealHeader } from './block.ts';
import type { BlockHeader } from './block.ts';
import { closeBlock } from './close-block.ts';
import { witnessKeys } from './genesis.ts';
import { infoJson } from './info.ts';
import type { Operation } from './operation.ts';
import { executeOperation } from './operation.ts';
import type { PoolEntry } from './pool.ts';

const maxBlockSize = 2_000_000;

/** What a block is made of. */
export interface BlockPlan {
  readonly parent: BlockHeader;
  /** ms */
  readonly timestamp: number;
  /** Shift of the producers' schedule: differs on each fork, so that the block does too. */
  readonly shift: number;
  readonly epoch: number;
  readonly operations: readonly Operation[];
  readonly entries: readonly PoolEntry[];
  /** Whether the header will carry its witness's signature. */
  readonly signed: boolean;
}

/** Checks and executes a pooled transaction. Throws what makes it invalid by now. */
export function executeEntry(
  context: RuleContext,
  entry: PoolEntry,
  known: KnownBlocks,
  signers: SignerBook,
): Execution {
  const { transaction, signedBy } = entry;
  if (signedBy) checkSignatures(context.state, transaction, signers, signedBy);
  admit(context, transaction, known);
  return executeTransaction(context, transaction);
}

function executeAll(
  context: RuleContext,
  entries: readonly PoolEntry[],
  known: KnownBlocks,
  signers: SignerBook,
): { executed: Execution[]; left: PoolEntry[] } {
  const executed: Execution[] = [];
  const left: PoolEntry[] = [];
  const rekeyed = new Set<string>();
  let size = 0;
  for (const entry of entries) {
    const { transaction } = entry;
    size += transaction.size;
    // After a permission update a block carries nothing more of that account (generateBlock).
    if (size > maxBlockSize || rekeyed.has(transaction.owner)) {
      left.push(entry);
      continue;
    }
    try {
      executed.push(executeEntry(context, entry, known, signers));
      if (transaction.call.name === 'AccountPermissionUpdateContract') {
        rekeyed.add(transaction.owner);
      }
    } catch {
      // A producer skips what has become invalid since it was pooled.
    }
  }
  return { executed, left };
}

/** Makes a block on the state as it is after its parent; `left` are transactions it has no room for. */
export function packBlock(
  context: RuleContext,
  plan: BlockPlan,
  known: KnownBlocks,
  signers: SignerBook,
): { block: Block; left: PoolEntry[] } {
  const { parent, timestamp, operations } = plan;
  for (const operation of operations) executeOperation(context, operation);
  const { executed, left } = executeAll(context, plan.entries, known, signers);
  const transactions = executed.map(({ transaction }) => transaction);
  const results = executed.map(({ result }) => result);
  const number = parent.number + 1;
  const witnesses = [...witnessKeys().keys()];
  const slot = Math.floor((timestamp - plan.epoch) / slotMs) + plan.shift;
  const header = sealHeader({
    number,
    parentId: parent.id,
    timestamp,
    witness: witnesses[slot % witnesses.length] ?? '',
    root: merkleRoot(transactions, results),
  });
  closeBlock(context, header);
  const body = {
    transactions,
    results,
    infos: executed.map((execution) => infoJson(execution, number, timestamp)),
    operations,
  };
  const block = Block.executed(header, body, plan.signed);
  return { block, left };
}

/** Executes an archived block again, to get the state after it. */
export function replayBlock(context: RuleContext, block: Block): void {
  for (const operation of block.operations) executeOperation(context, operation);
  for (const transaction of block.transactions) executeTransaction(context, transaction);
  closeBlock(context, block.header);
}
