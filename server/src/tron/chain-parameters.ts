import type { Clock } from '../kernel/clock.ts';
import { Loop } from '../kernel/loop.ts';
import { NodeFault } from './node-fault.ts';
import type { TronNodes } from './node-pool.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { ChainUnavailable } from './tron.errors.ts';

/** What the network charges and yields now; prices in sun. */
export interface ChainParameters {
  readonly energyRatio: ResourceRatio;
  readonly bandwidthRatio: ResourceRatio;
  /** Burnt per energy that is not staked for. */
  readonly energyPriceSun: bigint;
  /** Burnt per byte of bandwidth. */
  readonly bandwidthPriceSun: bigint;
  readonly memoFeeSun: bigint;
  readonly multiSignFeeSun: bigint;
  readonly permissionUpdateFeeSun: bigint;
  /** For a transfer to an address that is not activated, and its bandwidth where none is staked. */
  readonly newAccountFeeSun: bigint;
  readonly newAccountBandwidthFeeSun: bigint;
  readonly freeBandwidth: bigint;
  readonly unfreezeDelayDays: bigint;
  readonly maxDelegateLockBlocks: bigint;
  /** All of them by the chain's own names. */
  readonly byName: ReadonlyMap<string, bigint>;
}

export interface ChainParametersReaderOptions {
  readonly nodes: TronNodes;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly report?: (error: unknown) => void;
}

/** The ratio drifts by some per mille a day. */
const EVERY_MS = 30_000;

/** Reads the chain's parameters again and again, and keeps the last with their age. */
export class ChainParametersReader {
  readonly #options: ChainParametersReaderOptions;
  readonly #loop: Loop;
  #last: { readonly parameters: ChainParameters; readonly readAt: number } | null = null;

  constructor(options: ChainParametersReaderOptions) {
    this.#options = options;
    this.#loop = new Loop(options.clock, async () => {
      const everyMs = options.everyMs ?? EVERY_MS;
      try {
        await this.refresh();
        return everyMs;
      } catch (error) {
        options.report?.(error);
        return everyMs / 10;
      }
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** The last values read, however old. @throws ChainUnavailable before the first */
  current(): ChainParameters {
    if (this.#last === null) {
      throw new ChainUnavailable(
        "The chain's parameters have not been read yet. Try again shortly.",
      );
    }
    return this.#last.parameters;
  }

  /** Milliseconds since the values were read; null before the first. */
  ageMs(): number | null {
    return this.#last === null ? null : this.#options.clock.monotonic() - this.#last.readAt;
  }

  /** Reads them now. @throws ChainUnavailable */
  async refresh(): Promise<ChainParameters> {
    const parameters = await this.#options.nodes.read(async (node) => {
      const { witness } = await node.header('head');
      // Total weights are told only with an activated account: who made the newest block is one.
      const [byName, resource] = await Promise.all([
        node.chainParameters(),
        witness === null ? null : node.accountResource(witness),
      ]);
      if (
        resource === null ||
        resource.totalEnergyLimit <= 0n ||
        resource.totalEnergyWeight <= 0n
      ) {
        throw new NodeFault('garbage', node.name, 'it tells no total of energy and stake');
      }
      return read(byName, resource, node.name);
    });
    this.#last = { parameters, readAt: this.#options.clock.monotonic() };
    return parameters;
  }
}

interface Totals {
  readonly totalEnergyLimit: bigint;
  readonly totalEnergyWeight: bigint;
  readonly totalBandwidthLimit: bigint;
  readonly totalBandwidthWeight: bigint;
}

function read(byName: ReadonlyMap<string, bigint>, totals: Totals, node: string): ChainParameters {
  const value = (name: string): bigint => byName.get(name) ?? 0n;
  const price = (name: string): bigint => {
    if (value(name) <= 0n) throw new NodeFault('garbage', node, `it tells no ${name}`);
    return value(name);
  };
  return {
    energyRatio: { totalLimit: totals.totalEnergyLimit, totalWeight: totals.totalEnergyWeight },
    bandwidthRatio: {
      totalLimit: totals.totalBandwidthLimit,
      totalWeight: totals.totalBandwidthWeight,
    },
    energyPriceSun: price('getEnergyFee'),
    bandwidthPriceSun: price('getTransactionFee'),
    memoFeeSun: value('getMemoFee'),
    multiSignFeeSun: value('getMultiSignFee'),
    permissionUpdateFeeSun: value('getUpdateAccountPermissionFee'),
    newAccountFeeSun: value('getCreateNewAccountFeeInSystemContract'),
    newAccountBandwidthFeeSun: value('getCreateAccountFee'),
    freeBandwidth: value('getFreeNetLimit'),
    unfreezeDelayDays: value('getUnfreezeDelayDays'),
    maxDelegateLockBlocks: value('getMaxDelegateLockPeriod'),
    byName,
  };
}
