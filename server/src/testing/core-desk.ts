import { type Devnet, startDevnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { auditPlacedOrders } from '../app/audit-placed-orders.ts';
import { assembleChain, type ChainParts } from '../app/chain.ts';
import { assembleInspection, type InspectionParts } from '../app/inspect.ts';
import { assembleWork, type WorkParts } from '../app/work.ts';
import { Database } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { type Actor, system } from '../kernel/actor.ts';
import { assert, present } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import { systemRandom } from '../kernel/random.ts';
import { systemAccount, userAccounts } from '../ledger/accounts.ts';
import { postTransfers } from '../ledger/post-transfers.ts';
import { OrderIntake } from '../orders/order-intake.ts';
import { ReceiverCheck } from '../orders/receiver-check.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { buildTransaction } from '../chain/build-transaction.ts';
import { signTransaction } from '../chain/sign-transaction.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { ensureUsers } from '../users/ensure-users.ts';
import { inProcessSigner } from './in-process-signer.ts';
import { widePolicy } from './wide-policy.ts';
import { createTestDatabase } from './test-database.ts';

/** Blocks until a block is solid: few, so that a test need not make many. */
const SOLID_LAG = 3;

export interface CoreOrder {
  readonly energy?: bigint;
  readonly duration?: string;
  readonly receiver?: Address;
  readonly clientOrderId?: string;
  readonly telegramId?: bigint;
}

/**
 * The desk without GraphQL, on a real database and a local network whose blocks are made by hand.
 * Nothing runs by itself: each part takes its steps when a test says so.
 */
export class CoreDesk {
  readonly ids = new IdMaker(systemClock, systemRandom);
  readonly errors: unknown[] = [];
  /** Set to close the sales. */
  closedBecause: string | undefined;
  readonly actor: Actor = system('test');
  readonly devnet: Devnet;
  readonly database: Database;
  readonly chain: ChainParts;
  readonly work: WorkParts;
  readonly inspection: InspectionParts;
  readonly intake: OrderIntake;
  /** Who may be paid, by the signer's policy: every wallet that a test makes. */
  readonly transferReceivers: Address[] = [];
  /** Who may pay to anybody else; a test that pays users names its wallet. */
  readonly payoutOwners: Address[] = [];
  /** Txids of what was done without the desk. */
  readonly byHandTxids = new Set<string>();
  readonly #keys = new Map<Address, string>();
  readonly #drop: () => Promise<void>;

  private constructor(devnet: Devnet, database: Database, drop: () => Promise<void>) {
    this.devnet = devnet;
    this.database = database;
    this.#drop = drop;
    const report = (error: unknown): void => void this.errors.push(error);
    this.chain = assembleChain({
      nodeUrls: [devnet.url],
      apiKey: undefined,
      genesisId: undefined,
      clock: systemClock,
      random: systemRandom,
      report,
    });
    this.work = assembleWork(
      {
        database,
        chain: this.chain,
        clock: systemClock,
        ids: this.ids,
        instanceName: 'test',
        report,
        settings: new SettingsStore(() => database.read(), systemClock),
      },
      // Tests seal nothing: what is stored as sealed is the address, and the key is here.
      inProcessSigner(
        (sealed) => Promise.resolve(present(this.#keys.get(sealed as Address), 'key')),
        systemClock,
        widePolicy(this.transferReceivers, this.payoutOwners),
      ),
    );
    this.inspection = assembleInspection({
      database,
      chain: this.chain,
      clock: systemClock,
      ids: this.ids,
      report,
      settings: new SettingsStore(() => database.read(), systemClock),
    });
    this.intake = this.anotherIntake();
  }

  static async start(): Promise<CoreDesk> {
    const devnet = await startDevnet({ blockMs: 'manual', solidLag: SOLID_LAG });
    const test = await createTestDatabase();
    const database = await Database.connect({
      url: test.url,
      poolSize: 8,
      entities: [],
      clock: systemClock,
      random: systemRandom,
    });
    const desk = new CoreDesk(devnet, database, test.drop);
    devnet.step(SOLID_LAG + 1);
    await desk.chain.nodes.check();
    await desk.chain.parameters.refresh();
    await desk.look();
    return desk;
  }

  /** Takes orders as another process of the same desk does. */
  anotherIntake(): OrderIntake {
    return new OrderIntake({
      database: this.database,
      ids: this.ids,
      clock: systemClock,
      receivers: new ReceiverCheck((address) => this.chain.headAccount(address)),
      ratio: () => Promise.resolve(this.chain.parameters.current().energyRatio),
      closedBecause: () => this.closedBecause,
      record: auditPlacedOrders,
      wake: () => undefined,
    });
  }

  async stop(): Promise<void> {
    await this.inspection.stop();
    await this.work.stop();
    await this.chain.stop();
    await this.database.close();
    await this.devnet.stop();
    await this.#drop();
  }

  /** An activated address that nobody else uses. */
  async address(): Promise<Address> {
    const address = addressOfKey(randomBytes(32).toString('hex'));
    await this.control('fund', { address, sun: '1000000' });
    this.devnet.step();
    return address;
  }

  /** A wallet of the pool with this much stake, registered and observed. */
  async wallet(stakeTrx: bigint, label = 'wallet'): Promise<{ id: string; address: Address }> {
    const key = randomBytes(32).toString('hex');
    const address = addressOfKey(key);
    this.#keys.set(address, key);
    this.transferReceivers.push(address);
    await this.control('fund', { address, sun: (1_000n * UNIT).toString() });
    await this.control('stake', { address, sun: (stakeTrx * UNIT).toString(), resource: 'ENERGY' });
    const id = this.ids.next();
    await this.database.transaction(this.actor, async (em) => {
      await query(
        em,
        `insert into wallets (id, address, label, state) values ($1, $2, $3, 'ACTIVE')`,
        [id, address, label],
      );
      await query(
        em,
        `insert into wallet_keys (wallet_id, sealed, recipient) values ($1, $2, 'test')`,
        [id, address],
      );
    });
    await this.blocks(SOLID_LAG + 1);
    return { id, address };
  }

  /** What a sealed text opens to, in hexadecimal. */
  keepKey(sealed: string, key: string): void {
    this.#keys.set(sealed as Address, key);
  }

  /** Something that a wallet's owner does without the desk; it is in the next block. */
  async byHand(effect: ChainEffect, permissionId = 0): Promise<void> {
    const head = present(this.chain.nodes.chainClock().head, 'head');
    const { rawDataHex, txid } = buildTransaction(effect, {
      refBlock: head,
      expirationMs: head.timeMs + 60_000,
      timestampMs: head.timeMs,
      permissionId,
    });
    const key = present(this.#keys.get(effect.owner), 'key');
    const { answer } = await this.chain.nodes.broadcast(signTransaction(rawDataHex, key).signedHex);
    assert(answer.kind === 'accepted', answer.message);
    this.byHandTxids.add(txid);
  }

  /** A user with a balance. */
  async user(trx: bigint, telegramId = BigInt(randomBytes(4).readUInt32BE())): Promise<bigint> {
    const [user] = await this.database.transaction(this.actor, (em) =>
      ensureUsers(em, this.ids, [{ by: 'telegramId', telegramId }]),
    );
    await this.give(present(user, 'user').id, trx);
    return telegramId;
  }

  /** Adds so much to a user's balance. */
  async give(userId: string, trx: bigint): Promise<void> {
    await this.database.transaction(this.actor, async (em) => {
      const accounts = await userAccounts(em, [userId], 'TRX', { lock: false });
      const account = present(accounts.get(userId), 'accounts').available.id;
      const counterpart = await systemAccount(em, 'desk.adjustments', 'TRX');
      const amount = trx * UNIT;
      await postTransfers(em, this.actor, [
        {
          kind: 'adjustment',
          reference: this.ids.next(),
          postings: [
            { account, amount },
            { account: counterpart, amount: -amount },
          ],
        },
      ]);
    });
  }

  async place(order: CoreOrder, intake = this.intake): Promise<string> {
    const { orderId } = await intake.place({
      caller: 'client:test',
      clientId: null,
      actor: this.actor,
      clientOrderId: order.clientOrderId ?? this.ids.next(),
      user: { by: 'telegramId', telegramId: order.telegramId ?? (await this.user(1_000n)) },
      energy: order.energy ?? 65_000n,
      duration: order.duration ?? '1h',
      receiver: order.receiver ?? (await this.address()),
      maxPriceSun: null,
      origin: { requestId: 'test', remoteAddress: '127.0.0.1' },
    });
    return orderId;
  }

  /** Makes blocks, one after the other, with every part looking at each of them. */
  async blocks(count = 1): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      this.devnet.step();
      await this.look();
    }
  }

  /** Compares every wallet with the chain, once. */
  async inspect(): Promise<void> {
    const wallets = await query(this.database.read(), 'select from wallets');
    for (let left = wallets.length; left > 0; left -= 1) {
      assert((await this.inspection.inspector.inspectOnce()) === 'judged', 'the books are behind');
    }
  }

  /** Every part takes the steps that it can. */
  async look(): Promise<void> {
    await this.chain.nodes.check();
    await this.work.follower.followOnce();
    while ((await this.work.reader.readOnce()) > 0);
    if (this.chain.parameters.ageMs() !== null) await this.work.observe();
    await this.work.keepUp.bookCosts();
    await this.work.leaveIdleWallets();
    await this.work.sendWithdrawals();
    await this.work.engine.runOnce();
  }

  async state(orderId: string): Promise<string | undefined> {
    const row = await queryOne<{ state: string }>(
      this.database.read(),
      'select state from orders where id = $1',
      [orderId],
    );
    return row?.state;
  }

  /** Energy that an address can use, by the local network. */
  async energyOf(address: Address): Promise<bigint> {
    const resource = await this.chain.nodes.read((node) => node.accountResource(address));
    return resource?.energyLimit ?? 0n;
  }

  async control(path: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${this.devnet.url}/devnet/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
