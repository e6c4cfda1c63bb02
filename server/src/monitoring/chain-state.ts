import type { SettingValues } from '../settings/catalogue.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import type { Disagreement } from '../tron/solid-agreement.ts';
import type { Finding, HealthStatus } from './health-registry.ts';

/** Where the chain's state is read from; nothing here waits for a node. */
export interface ChainSource {
  readonly network: string;
  /** Address of a block explorer, without a slash at the end. */
  readonly explorer: string | null;
  readonly nodes: Pick<TronNodes, 'health' | 'chainClock' | 'disagreement'>;
  /** Energy a day of one staked TRX; null while unknown. */
  readonly energyPerTrx: () => string | null;
  /** When the chain's parameters were read last; null before the first time. */
  readonly parametersReadAt: () => Date | null;
}

export interface NodeState {
  readonly url: string;
  readonly status: HealthStatus;
  readonly head: number | null;
  readonly solid: number | null;
  readonly detail: string | null;
  /** Since when it is neither better nor worse, by this process's clock. */
  readonly since: Date;
  readonly latencyMs: number | null;
  /** Since the start of this process; null where nobody counts. */
  readonly requests: number | null;
  readonly rateLimited: number | null;
  readonly held: number | null;
  readonly restMs: number | null;
  readonly tokens: number | null;
  readonly burst: number | null;
}

export interface ChainState {
  readonly network: string;
  readonly head: number | null;
  readonly solid: number | null;
  /** Blocks from the solid one to the head. */
  readonly lag: number | null;
  readonly headTime: Date | null;
  readonly energyPerTrx: string | null;
  readonly parametersReadAt: Date | null;
  readonly nodes: readonly NodeState[];
  readonly explorer: string | null;
  /** Solid blocks that nodes show differently; null while they agree. */
  readonly disagreement: Disagreement | null;
}

/** What the nodes have shown lately. */
export function readChainState(source: ChainSource): ChainState {
  const { head, solid } = source.nodes.chainClock();
  return {
    network: source.network,
    head: head?.number ?? null,
    solid: solid?.number ?? null,
    lag: head && solid ? head.number - solid.number : null,
    headTime: head ? new Date(head.timeMs) : null,
    energyPerTrx: source.energyPerTrx(),
    parametersReadAt: source.parametersReadAt(),
    nodes: source.nodes.health().map((node) => ({
      url: node.name,
      status: node.state,
      head: node.head?.number ?? null,
      solid: node.solid?.number ?? null,
      detail: node.reason,
      since: node.since,
      latencyMs: node.latencyMs,
      requests: node.traffic?.requests ?? null,
      rateLimited: node.traffic?.rateLimited ?? null,
      held: node.traffic?.held ?? null,
      restMs: node.traffic?.restMs ?? null,
      tokens: node.traffic?.tokens ?? null,
      burst: node.traffic?.burst ?? null,
    })),
    explorer: source.explorer,
    disagreement: source.nodes.disagreement(),
  };
}

export type ChainLimits = Pick<
  SettingValues,
  | 'chain.maxHeadAgeSeconds'
  | 'chain.maxLagBlocks'
  | 'chain.sellInDisagreement'
  | 'sales.open'
  | 'sales.closedReason'
>;

/**
 * Why nothing should be sold: closed by people, or a chain on which delivery cannot be promised.
 * `now` is this process's clock; it can pause sales but moves no money.
 * @returns undefined when all is well
 */
export function closedBecause(
  chain: ChainState,
  limits: ChainLimits,
  now: Date,
): string | undefined {
  if (!limits['sales.open']) {
    return limits['sales.closedReason'].replace(/[.\s]+$/, '') || 'sales are closed';
  }
  return chainTrouble(chain, limits, now);
}

/** The part of {@link closedBecause} that the chain is to blame for. */
export function chainTrouble(
  chain: ChainState,
  limits: Omit<ChainLimits, 'sales.open' | 'sales.closedReason'>,
  now: Date,
): string | undefined {
  if (chain.nodes.every(({ status }) => status === 'DOWN')) return 'no TRON node answers';
  if (chain.headTime === null || chain.lag === null) return 'the chain has not been seen yet';
  const age = Math.floor((now.getTime() - chain.headTime.getTime()) / 1_000);
  if (age > limits['chain.maxHeadAgeSeconds']) return `the newest block is ${age} seconds old`;
  if (chain.disagreement !== null && !limits['chain.sellInDisagreement']) {
    return `the TRON nodes disagree about block ${chain.disagreement.number}`;
  }
  if (chain.lag > limits['chain.maxLagBlocks']) return `the last ${chain.lag} blocks are not solid`;
  return undefined;
}

/** The nodes as one dependency. */
export function findNodes(chain: ChainState): Finding {
  const up = chain.nodes.filter(({ status }) => status === 'UP').length;
  const down = chain.nodes.filter(({ status }) => status === 'DOWN').length;
  const detail = `${up} of ${chain.nodes.length} nodes up, head ${chain.head ?? 'unknown'}.`;
  if (chain.disagreement !== null) {
    const { number } = chain.disagreement;
    return { status: 'DEGRADED', detail: `${detail} They disagree about solid block ${number}.` };
  }
  if (up === chain.nodes.length) return { status: 'UP', detail };
  return { status: down === chain.nodes.length ? 'DOWN' : 'DEGRADED', detail };
}
