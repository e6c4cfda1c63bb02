import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { type ChainParameters, ChainParametersReader } from '../tron/chain-parameters.ts';
import { TronNode } from '../tron/node-client.ts';
import { NodeHttp } from '../tron/node-http.ts';
import { type NodeLimits, paceOf } from '../tron/node-pace.ts';
import { PacedTransport } from '../tron/paced-transport.ts';
import { TronNodes } from '../tron/node-pool.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import { PROBED_SUN, type ProbedChain, type ProbedWallet } from '../wallets/probe-checks.ts';
import type { SolidAccount } from '../wallets/observe-wallets.ts';

export interface ChainOptions {
  readonly nodeUrls: readonly string[];
  readonly apiKey: string | undefined;
  /** How often nodes may be asked, by host; undefined is the default of each. */
  readonly nodeLimits?: NodeLimits;
  /** Id of block 0 that every node must have; undefined takes that of the first to answer. */
  readonly genesisId: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (error: unknown) => void;
}

/** Everything in a process that asks nodes. */
export interface ChainParts {
  readonly nodes: TronNodes;
  readonly parameters: ChainParametersReader;
  /** At the head, by a node's word. @throws ChainUnavailable */
  headAccount(address: Address): Promise<AccountState | null>;
  solidAccount(address: Address): Promise<SolidAccount>;
  /** What a probe of a wallet asks, of one node at its head. @throws ChainUnavailable */
  probe(wallet: ProbedWallet, receiver: Address | null): Promise<ProbedChain>;
  start(): void;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 5_000;

export function assembleChain(options: ChainOptions): ChainParts {
  const nodes = options.nodeUrls.map(
    (url) =>
      new TronNode({
        transport: new PacedTransport(
          new NodeHttp({
            url,
            timeoutMs: TIMEOUT_MS,
            clock: options.clock,
            ...(options.apiKey !== undefined && { apiKey: options.apiKey }),
          }),
          {
            pace: paceOf(url, options.nodeLimits ?? new Map()),
            clock: options.clock,
            random: options.random,
          },
        ),
      }),
  );
  return assembleChainOf(nodes, options);
}

/** The same on nodes that are made already. */
export function assembleChainOf(
  tronNodes: readonly TronNode[],
  options: Omit<ChainOptions, 'nodeUrls' | 'apiKey' | 'nodeLimits'>,
): ChainParts {
  const { clock, random, report } = options;
  const nodes = new TronNodes({
    nodes: tronNodes,
    chainId: options.genesisId ?? null,
    clock,
    random,
    report,
  });
  const parameters = new ChainParametersReader({ nodes, clock, report });
  return {
    nodes,
    parameters,
    headAccount: (address) => nodes.read((node) => node.account('head', address)),
    solidAccount: (address) =>
      nodes.read(async (node) => {
        // The header first: what is read after it is at least as new, on this same node.
        const { number, timeMs } = await node.header('solid');
        const [account, resource] = await Promise.all([
          node.account('solid', address),
          node.accountResource(address),
        ]);
        // Without votes and old rewards there are none: most wallets spare a question.
        const earns = account !== null && (account.votes.length > 0 || account.allowance > 0n);
        const rewards = earns ? await node.reward('solid', address) : 0n;
        return { account, resource, rewards, block: number, timeMs };
      }),
    probe: ({ address, permissionId }, receiver) =>
      nodes.read(async (node) => {
        const [account, resource, delegatable] = await Promise.all([
          node.account('head', address),
          node.accountResource(address),
          node.canDelegateMaxSize('head', address, 'ENERGY'),
        ]);
        const wish = { owner: address, sun: PROBED_SUN, permissionId };
        const refusal =
          receiver === null || delegatable < PROBED_SUN
            ? undefined
            : await node.refusalOfDelegation({ ...wish, receiver });
        return { account, resource, delegatable, refusal };
      }),
    start() {
      nodes.start();
      parameters.start();
    },
    async stop() {
      await parameters.stop();
      await nodes.stop();
    },
  };
}

/** What a transfer burns, in sun, when it makes its receiver's account (tron-facts 3). */
export function activationFeeOf({
  newAccountFeeSun,
  newAccountBandwidthFeeSun,
}: ChainParameters): bigint {
  return newAccountFeeSun + newAccountBandwidthFeeSun;
}
