import type { Address } from '../chain/address.ts';
import type { TronNode } from '../tron/node-client.ts';
import type { Resource } from '../chain/transaction.ts';

/** What the chain has delegated from a wallet to one receiver, in sun. */
export interface SeenPair {
  readonly receiver: Address;
  readonly resource: Resource;
  readonly sun: bigint;
  /** Of `sun`, what is locked: it cannot be taken back yet. */
  readonly lockedSun: bigint;
}

/** A solid block as far as a look needs it. */
export interface SeenBlock {
  readonly number: number;
  readonly timeMs: number;
}

/** One look at a wallet in the solid view of one node, between two heights of it. */
export interface WalletLook {
  readonly from: SeenBlock;
  readonly through: SeenBlock;
  /** Sun for Energy that the account says it has delegated, to whomever. */
  readonly delegatedSun: bigint;
  readonly pairs: readonly SeenPair[];
  /** The receivers that were looked at, in their order. */
  readonly receivers: readonly Address[];
  /** Whether the look went to the end of the wallet's receivers. */
  readonly complete: boolean;
}

export interface Wanted {
  readonly owner: Address;
  /** Receivers that the books know of, whether or not the chain does. */
  readonly known: readonly Address[];
  /** Only what comes after this one. */
  readonly after: Address | null;
  readonly limit: number;
}

/** Reads a wallet's delegations, a bounded number of them. @throws NodeFault */
export async function lookAtWallet(
  node: TronNode,
  { owner, known, after, limit }: Wanted,
): Promise<WalletLook> {
  const from = await node.header('solid');
  const account = await node.account('solid', owner);
  const { to } = await node.delegatedIndex('solid', owner);
  const rest = [...new Set([...to, ...known])]
    .sort()
    .filter((receiver) => after === null || receiver > after);
  const receivers = rest.slice(0, limit);
  const pairs: SeenPair[] = [];
  for (const receiver of receivers) pairs.push(...(await lookAtPair(node, owner, receiver)));
  const through = await node.header('solid');
  return {
    from: { number: from.number, timeMs: from.timeMs },
    through: { number: through.number, timeMs: through.timeMs },
    delegatedSun: account?.delegatedOut.energy ?? 0n,
    pairs,
    receivers,
    complete: receivers.length === rest.length,
  };
}

/** Both resources from one account to another; locked and unlocked rows together. */
export async function lookAtPair(
  node: TronNode,
  owner: Address,
  receiver: Address,
  view: 'solid' | 'head' = 'solid',
): Promise<[SeenPair, SeenPair]> {
  const rows = await node.delegatedResource(view, owner, receiver);
  const energy = { receiver, resource: 'ENERGY', sun: 0n, lockedSun: 0n } as const;
  const bandwidth = { ...energy, resource: 'BANDWIDTH' } as const;
  return [
    rows.reduce<SeenPair>(
      (pair, row) => add(pair, row.energySun, row.energyLockedUntilMs > 0),
      energy,
    ),
    rows.reduce<SeenPair>(
      (pair, row) => add(pair, row.bandwidthSun, row.bandwidthLockedUntilMs > 0),
      bandwidth,
    ),
  ];
}

function add(pair: SeenPair, sun: bigint, locked: boolean): SeenPair {
  return {
    ...pair,
    sun: pair.sun + sun,
    lockedSun: pair.lockedSun + (locked ? sun : 0n),
  };
}
