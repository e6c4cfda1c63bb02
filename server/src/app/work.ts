import type { Database } from '../database/database.ts';
import { returnsEnded } from '../deposits/return-ended.ts';
import { DepositScanner } from '../deposits/deposit-scanner.ts';
import { DepositsAtHead, unseeDeposits } from '../deposits/see-deposits.ts';
import { system } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { RECLAIM_ORPHAN, reclaimedOrphans } from '../inspection/reclaim-orphan.ts';
import { Engine } from '../operations/engine.ts';
import { markIncluded, markRemoved } from '../operations/follow-head.ts';
import { Purposes } from '../operations/purposes.ts';
import { settleBlocks } from '../operations/settle-blocks.ts';
import { recordDisagreement, recordParameters } from '../monitoring/record-node-events.ts';
import { DeliverOrders } from '../orders/deliver-orders.ts';
import { DELIVER, RECLAIM } from '../orders/order-purposes.ts';
import { leaveIdleWallets } from '../orders/leave-idle-wallets.ts';
import { beginReclaims, reclaimRentals } from '../orders/reclaim-rentals.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { walletOperations } from '../staking/wallet-operations.ts';
import { WALLET } from '../staking/wallet-purpose.ts';
import { BlockReader } from '../following/block-reader.ts';
import { HeadFollower } from '../following/head-follower.ts';
import { Loop } from '../kernel/loop.ts';
import { confining } from '../upkeep/confinements.ts';
import { keepPermissions } from '../permissions/keep-permissions.ts';
import { observeWallets } from '../wallets/observe-wallets.ts';
import { WalletLooks } from '../wallets/wallet-looks.ts';
import { probeWallets } from '../wallets/probe-wallets.ts';
import { type AskSigner, PoolSigner } from '../wallets/pool-signer.ts';
import { recordWalletTransactions } from '../wallets/record-wallet-transactions.ts';
import { fuelSweeps, settleSweeps } from '../sweeps/settle-sweeps.ts';
import { SWEEP, SWEEP_FUEL } from '../sweeps/sweep-purposes.ts';
import { PayWithdrawals } from '../withdrawals/pay-withdrawals.ts';
import { askHeldTokens } from '../withdrawals/held-tokens.ts';
import { sendWithdrawals, tokenPayer, WITHDRAWAL } from '../withdrawals/send-withdrawals.ts';
import type { ChainParts } from './chain.ts';
import { engineSettings } from './engine-settings.ts';
import { assembleKeepUp, type KeepUp } from './keep-up.ts';

export interface WorkOptions {
  readonly database: Database;
  readonly chain: ChainParts;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly instanceName: string;
  readonly settings: SettingsStore;
  readonly report: (error: unknown) => void;
}

/** The roles that move Energy; each is started only in the processes that have it. */
export interface WorkParts {
  readonly engine: Engine;
  readonly reader: BlockReader;
  readonly follower: HeadFollower;
  readonly keepUp: KeepUp;
  /** Looks at the wallets on the chain, all of them or these, now. */
  observe(walletIds?: readonly string[]): Promise<void>;
  /** Probes quarantined wallets that are due; says how many came back. */
  probe(): Promise<number>;
  /** Moves what wallets that deliver nothing have promised; says how many orders it moved. */
  leaveIdleWallets(): Promise<number>;
  /** Hands approved withdrawals to the engine; says how many. */
  sendWithdrawals(): Promise<number>;
  /** There may be withdrawals to send. */
  wakePayer(): void;
  startWorker(): void;
  startWatcher(): void;
  stop(): Promise<void>;
}

const LEAVE_MS = 1_000;
const PAY_MS = 1_000;
/** How soon a wallet that is due is probed. */
const PROBE_MS = 10_000;
const AFTER_ERROR_MS = 1_000;
/** They change by votes that take days; a restart looks at once. */
const PARAMETERS_MS = 3_600_000;

export function assembleWork(options: WorkOptions, askSigner: AskSigner): WorkParts {
  const { database, chain, clock, ids, report } = options;
  const purposes = new Purposes();
  const replacing = { ids, ratio: () => chain.parameters.current().energyRatio };
  purposes.register(DELIVER, new DeliverOrders(replacing));
  purposes.register(RECLAIM, reclaimRentals);
  purposes.register(RECLAIM_ORPHAN, reclaimedOrphans);
  purposes.register(WALLET, confining(walletOperations));
  purposes.register(SWEEP_FUEL, fuelSweeps(ids));
  purposes.register(SWEEP, settleSweeps);
  purposes.register(WITHDRAWAL, new PayWithdrawals({ ended: returnsEnded }));

  const engine = new Engine({
    database,
    purposes,
    signer: new PoolSigner(askSigner),
    broadcaster: {
      async broadcast(signedHex, avoid) {
        const sent = await chain.nodes.broadcast(signedHex, {
          avoid: avoid === null ? [] : [avoid],
        });
        const { code, message } = sent.answer;
        return { node: sent.node ?? '', answer: message ? `${code}: ${message}` : code };
      },
    },
    headTimeMs: () => chain.nodes.chainClock().head?.timeMs,
    settings: () => engineSettings(options.settings),
    clock,
    ids,
    worker: options.instanceName,
    onError: report,
  });

  const keepUp = assembleKeepUp(options);

  const observe = (walletIds?: readonly string[]): Promise<void> =>
    observeWallets(
      {
        database,
        readAccount: (address) => chain.solidAccount(address),
        ratio: () => Promise.resolve(chain.parameters.current().energyRatio),
        alsoKeep: keepPermissions,
      },
      walletIds,
    );
  const looks = new WalletLooks(database, clock, observe);
  const observer = new Loop(clock, async () => {
    try {
      return await looks.look();
    } catch (error) {
      report(error);
      return AFTER_ERROR_MS;
    }
  });

  const leaving = (): Promise<number> =>
    database.transaction(system('idle-wallets'), (em) => leaveIdleWallets(em, replacing));
  const leaver = new Loop(clock, async () => {
    try {
      if ((await leaving()) > 0) engine.wake();
    } catch (error) {
      report(error);
    }
    return LEAVE_MS;
  });

  const paying = async (): Promise<number> => {
    const tokens = await tokenPayer(database.read());
    // No node holds up payments in TRX.
    const held =
      tokens &&
      (await askHeldTokens(chain.nodes, tokens.contract, tokens.owner).catch((error: unknown) => {
        report(error);
        return null;
      }));
    return database.transaction(system('withdrawals'), (em) => sendWithdrawals(em, ids, held));
  };
  const payer = new Loop(clock, async () => {
    try {
      if ((await paying()) > 0) engine.wake();
      return PAY_MS;
    } catch (error) {
      report(error);
      return AFTER_ERROR_MS;
    }
  });

  const probe = (): Promise<number> =>
    probeWallets({
      database,
      settings: async () => (await options.settings.current()).values,
      ask: (wallet, receiver) => chain.probe(wallet, receiver),
    });
  const prober = new Loop(clock, async () => {
    try {
      await probe();
    } catch (error) {
      report(error);
    }
    return PROBE_MS;
  });

  const deposits = new DepositScanner({ database, nodes: chain.nodes, ids });
  const reader = new BlockReader({
    database,
    nodes: chain.nodes,
    clock,
    name: 'solid',
    startAt: 'solid-head',
    report,
    nodesForUnproven: async () =>
      (await options.settings.current()).values['chain.nodesForUnprovenBlock'],
    handlers: [
      {
        name: 'operations',
        async read(em, blocks, proof) {
          const spent = await recordWalletTransactions(em, blocks, deposits.mayBeOurs);
          looks.spent(spent);
          await settleBlocks(em, blocks, purposes, proof, spent);
        },
      },
      deposits,
      {
        name: 'rentals',
        async read(em, blocks) {
          const last = blocks.at(-1);
          if (!last) return;
          await beginReclaims(em, ids, last.timeMs);
        },
      },
    ],
    onDisagreement: (disagreement) =>
      database.transaction(system('block-reader:solid'), (em) =>
        recordDisagreement(em, disagreement),
      ),
    onCommitted(blocks) {
      engine.wake();
      if (looks.due()) observer.wake();
      if (blocks.every(({ transactions }) => transactions.length === 0)) return;
      keepUp.wake();
    },
  });

  const parameterKeeper = new Loop(clock, async () => {
    try {
      const parameters = await chain.parameters.refresh();
      await database.transaction(system('chain-parameters'), (em) =>
        recordParameters(em, parameters),
      );
      return PARAMETERS_MS;
    } catch (error) {
      report(error);
      return AFTER_ERROR_MS * 10;
    }
  });

  const watcher = system('head-follower');
  const depositsAtHead = new DepositsAtHead({
    database,
    ids,
    solidLag() {
      const { head, solid } = chain.nodes.chainClock();
      return head && solid ? head.number - solid.number : undefined;
    },
  });
  const follower = new HeadFollower({
    nodes: chain.nodes,
    clock,
    report,
    onBlocks: async (blocks) => {
      if (blocks.every(({ transactions }) => transactions.length === 0)) return;
      await database.transaction(watcher, (em) => markIncluded(em, blocks, purposes));
      await depositsAtHead.see(blocks);
    },
    onFork: (removed) =>
      database.transaction(watcher, async (em) => {
        await markRemoved(em, removed, purposes);
        await unseeDeposits(em, removed);
      }),
  });

  return {
    engine,
    reader,
    follower,
    keepUp,
    observe,
    probe,
    leaveIdleWallets: leaving,
    sendWithdrawals: paying,
    wakePayer: () => payer.wake(),
    startWorker() {
      engine.start();
      leaver.start();
      payer.start();
    },
    startWatcher() {
      reader.start();
      follower.start();
      observer.start();
      prober.start();
      keepUp.start();
      parameterKeeper.start();
    },
    async stop() {
      await parameterKeeper.stop();
      await payer.stop();
      await leaver.stop();
      await engine.stop();
      await follower.stop();
      await reader.stop();
      await observer.stop();
      await prober.stop();
      await keepUp.stop();
    },
  };
}
