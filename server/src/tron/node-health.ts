import type { BlockHeader } from '../chain/block.ts';

export type HealthState = 'UP' | 'DEGRADED' | 'DOWN';

/** A state with the sentence that an operator reads. */
export interface Health {
  readonly state: HealthState;
  readonly reason: string;
}

/** What the last rounds of questions told about one node. */
export interface NodeObservation {
  /** Why the last round failed, or null when it did not; undefined before the first. */
  readonly unreachable: string | null | undefined;
  /** The other network's block 0, or null when the node is on ours. */
  readonly wrongChain: string | null;
  /** Something that it did since the last good round. */
  readonly blemish: string | null;
  /** Whether that was blocks that do not follow ours. */
  readonly forked: boolean;
  /** In what two or more other nodes contradict it, or null. */
  readonly outvoted: string | null;
  readonly head: BlockHeader | null;
  readonly solid: BlockHeader | null;
}

/** Numbers of the newest blocks that any node has shown; 0 before the first. */
export interface BestBlocks {
  readonly head: number;
  readonly solid: number;
}

/** Blocks behind the best node from which a node's answers are too old: 30 s. */
const LAG_BLOCKS = 10;
/** The chain itself takes head − solid ≥ 54 for unhealthy (tron-facts 2.2, BLOCK_UNSOLIDIFIED). */
const UNSOLID_BLOCKS = 54;
const OLD_HEAD_MS = 60_000;

/**
 * UP nodes are asked, DEGRADED ones only when none is UP, DOWN ones only when there is no other; one
 * on a wrong chain never. `now` is the process's clock: it tells, and decides nothing.
 */
export function judgeNode(seen: NodeObservation, best: BestBlocks, now: Date): Health {
  if (seen.wrongChain !== null) return down(seen.wrongChain);
  if (seen.outvoted !== null) return down(seen.outvoted);
  if (seen.unreachable === undefined) return down('It has not been asked yet.');
  if (seen.unreachable !== null) return down(`It does not answer: ${seen.unreachable}.`);
  if (seen.head === null || seen.solid === null) return down('It has shown no block yet.');
  const behind = best.head - seen.head.number;
  if (behind > LAG_BLOCKS) return degraded(`It is ${behind} blocks behind the best node.`);
  const behindSolid = best.solid - seen.solid.number;
  if (behindSolid > LAG_BLOCKS) {
    return degraded(`Its solid block is ${behindSolid} blocks behind the best node's.`);
  }
  if (seen.blemish !== null) return degraded(seen.blemish);
  const unsolid = seen.head.number - seen.solid.number;
  if (unsolid >= UNSOLID_BLOCKS) return degraded(`Its last ${unsolid} blocks are not solid.`);
  const ageMs = now.getTime() - seen.head.timeMs;
  if (ageMs > OLD_HEAD_MS) {
    return degraded(`Its newest block is ${Math.round(ageMs / 1_000)} s old by our clock.`);
  }
  return { state: 'UP', reason: `Block ${seen.head.number}, ${unsolid} not solid.` };
}

/**
 * Whether the node's solid chain is a second opinion on another's: it answers, is on our network, is
 * not outvoted and does not lag. One that has not been asked yet is, until it fails; so is one whose
 * chain stands still, since that is then so for all.
 */
export function canConfirm(seen: NodeObservation, best: BestBlocks): boolean {
  const { wrongChain, outvoted, unreachable, blemish, forked, head, solid } = seen;
  if (wrongChain !== null || outvoted !== null) return false;
  // Blocks that contradict ours are an opinion too.
  if (blemish !== null && !forked) return false;
  if (unreachable !== null && unreachable !== undefined) return false;
  const lags = (block: BlockHeader | null, newest: number): boolean =>
    block !== null && newest - block.number > LAG_BLOCKS;
  return !lags(head, best.head) && !lags(solid, best.solid);
}

function down(reason: string): Health {
  return { state: 'DOWN', reason };
}

function degraded(reason: string): Health {
  return { state: 'DEGRADED', reason };
}
