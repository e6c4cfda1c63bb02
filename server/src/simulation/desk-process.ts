import { auditPlacedOrders } from '../app/audit-placed-orders.ts';
import { assembleChainOf, type ChainParts } from '../app/chain.ts';
import { assembleWork, type WorkParts } from '../app/work.ts';
import { present } from '../kernel/assert.ts';
import { IdMaker } from '../kernel/ids.ts';
import { OrderIntake } from '../orders/order-intake.ts';
import { ReceiverCheck } from '../orders/receiver-check.ts';
import { parsePolicy, SIGNABLE_EFFECTS } from '../signer/policy.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { inProcessSigner } from '../testing/in-process-signer.ts';
import type { Address } from '../chain/address.ts';
import { TronNode } from '../tron/node-client.ts';
import type { AskSigner } from '../wallets/pool-signer.ts';
import { type Actor, Interrupted } from './gate.ts';
import type { World } from './world.ts';

/** How wrong a process's own clock is, and how often. */
const CLOCK_ERRORS_MS = [
  [0, 6],
  [3_600_000, 1],
  [-3_600_000, 1],
] as const;

/** One process of the desk with every role: the real parts, put together as in life. */
export class DeskProcess implements Actor {
  readonly name: string;
  dead = false;
  frozen = false;
  readonly chain: ChainParts;
  readonly work: WorkParts;
  readonly intake: OrderIntake;
  /** What it is doing; each of its loops does one step at a time. */
  readonly busy = new Set<string>();

  /** @param worker name that its leases carry; a restarted process may have its old one */
  constructor(world: World, name: string, worker: string) {
    this.name = name;
    const { database } = world;
    const random = world.random.fork();
    const clock = world.clock.wrongBy(random.weighted(CLOCK_ERRORS_MS));
    const ids = new IdMaker(clock, random);
    const report = (error: unknown): void => world.noteError(`${name} reports`, error);
    this.chain = assembleChainOf(
      world.nodes.map((transport) => new TronNode({ transport })),
      { genesisId: world.genesisId, clock, random, report },
    );
    this.work = assembleWork(
      {
        database,
        chain: this.chain,
        clock,
        ids,
        instanceName: worker,
        settings: new SettingsStore(() => database.read(), clock),
        report,
      },
      // What is stored as sealed is the address, and the keys are the world's.
      this.#askSigner(
        world,
        inProcessSigner(
          (sealed) => Promise.resolve(present(world.keys.get(sealed as Address), 'key')),
          clock,
          {
            ...parsePolicy({ effects: [...SIGNABLE_EFFECTS] }),
            transferReceivers: [...world.wallets],
          },
        ),
      ),
    );
    this.intake = new OrderIntake({
      database,
      ids,
      clock,
      receivers: new ReceiverCheck((address) => this.chain.headAccount(address)),
      ratio: () => Promise.resolve(this.chain.parameters.current().energyRatio),
      closedBecause: () => undefined,
      record: auditPlacedOrders,
      wake: () => undefined,
    });
  }

  /** A process of its own in life: it may be away, or answer when much else has happened. */
  #askSigner(world: World, signer: AskSigner): AskSigner {
    return (request) =>
      world.theatre.gate.pass('signer', 'sign', () => {
        if (world.signerAway > 0) {
          world.signerAway -= 1;
          return Promise.reject(new Interrupted('the signer is away'));
        }
        return signer(request);
      });
  }

  async begin(): Promise<void> {
    await this.chain.nodes.check();
    await this.chain.parameters.refresh();
  }

  /** The steps that its loops would take, by name. */
  readonly steps: Readonly<Record<StepName, () => Promise<unknown>>> = {
    check: () => this.begin(),
    follow: () => this.work.follower.followOnce(),
    read: () => this.work.reader.readOnce(),
    observe: () => this.work.observe(),
    engine: async () => {
      await this.work.leaveIdleWallets();
      return this.work.engine.runOnce();
    },
  };
}

export type StepName = 'check' | 'follow' | 'read' | 'observe' | 'engine';
