import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { utils } from 'tronweb';
import { reachable } from '../server/src/database/embedded-postgres-home.ts';
import { DemoDesk, Refusal } from './demo-desk.ts';
import { Figures } from './demo-figures.ts';
import { type DemoOptions, readDemoOptions } from './demo-options.ts';
import { readOptions } from './options.ts';
import { type DemoAccess, readDemoAccess } from './prepare.ts';
import { Obstacle, say } from './say.ts';

/**
 * What users want, and how often (weights). Nearly all give their Energy back after a minute: the
 * local wallets yield some 2.5 million in all.
 */
const wishes = [
  { energy: 1_000, duration: '1m', weight: 100 },
  { energy: 5_000, duration: '1m', weight: 200 },
  { energy: 10_000, duration: '1m', weight: 200 },
  { energy: 32_000, duration: '1m', weight: 80 },
  { energy: 65_000, duration: '1m', weight: 30 },
  { energy: 131_000, duration: '1m', weight: 5 },
  { energy: 1_000, duration: '1h', weight: 5 },
  { energy: 5_000, duration: '1h', weight: 5 },
  { energy: 1_000, duration: '1d', weight: 1 },
];
const gift = '1000';
const cancelShare = 0.05;
/** What is used is back in stock only after a day, so few use theirs. */
const useShare = 0.03;

interface DemoUser {
  readonly telegramId: string;
  readonly receiver: string;
}

interface OpenOrder {
  readonly id: string;
  readonly user: DemoUser;
  readonly energy: number;
}

const placeOrder = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { id state } }`;
const cancelOrder = `mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { id state } }`;
const adjustBalance = `mutation Adjust($input: AdjustBalanceInput!) { adjustBalance(input: $input) { id } }`;
const orderState = `query State($id: ID!) { order(id: $id) { id state } }`;

class Demo {
  readonly #desk: DemoDesk;
  readonly #options: DemoOptions;
  readonly #figures = new Figures();
  readonly #open = new Map<string, OpenOrder>();
  readonly #users: readonly DemoUser[];
  #stopped = false;

  constructor(desk: DemoDesk, options: DemoOptions) {
    this.#desk = desk;
    this.#options = options;
    this.#users = Array.from({ length: options.users }, (_, index) => demoUser(index));
  }

  /** Plays until `stop` is called. */
  async play(): Promise<void> {
    say(`Giving ${this.#users.length} users a balance and an activated address …`);
    // A few at a time: the network takes one block for all of them.
    for (let start = 0; start < this.#users.length; start += 20) {
      await Promise.all(this.#users.slice(start, start + 20).map((user) => this.#welcome(user)));
    }
    say(`Playing ${this.#options.rate} orders a second; Ctrl-C stops`);
    await Promise.all([this.#placeAll(), this.#followAll(), this.#tell()]);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #welcome(user: DemoUser): Promise<void> {
    await this.#desk.network('fund', { address: user.receiver, sun: 1_000_000 });
    await this.#topUp(user);
  }

  async #topUp(user: DemoUser): Promise<void> {
    await this.#desk.ask(adjustBalance, {
      input: {
        user: { telegramId: user.telegramId },
        amount: gift,
        currency: 'TRX',
        reason: 'Pocket money for the demo',
        idempotencyKey: `demo-${randomUUID()}`,
      },
    });
  }

  /** Orders come when they come, on a fixed schedule, however long the answers take. */
  async #placeAll(): Promise<void> {
    const under = new Set<Promise<void>>();
    const pause = 1000 / this.#options.rate;
    for (let next = performance.now(); !this.#hasStopped(); next += pause) {
      await sleep(Math.max(0, next - performance.now()));
      const order = this.#place(pick(this.#users)).catch((error: unknown) => this.#refuse(error));
      under.add(order);
      void order.finally(() => under.delete(order));
    }
    await Promise.all(under);
  }

  async #place(user: DemoUser): Promise<void> {
    const { energy, duration } = wish();
    const began = performance.now();
    const input = {
      clientOrderId: `demo-${randomUUID()}`,
      user: { telegramId: user.telegramId },
      energy: String(energy),
      duration,
      receiver: user.receiver,
    };
    try {
      const { placeOrder: order } = (await this.#desk.ask(placeOrder, { input })) as {
        placeOrder: { id: string };
      };
      this.#figures.placed(performance.now() - began);
      this.#open.set(order.id, { id: order.id, user, energy });
      if (Math.random() < cancelShare) {
        await this.#desk.ask(cancelOrder, {
          input: { orderId: order.id, reason: 'Changed my mind' },
        });
      }
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'INSUFFICIENT_BALANCE') throw error;
      await this.#topUp(user);
    }
  }

  /** Asks for the state of what is under way; who has got Energy uses some of it. */
  async #followAll(): Promise<void> {
    while (!this.#hasStopped()) {
      await sleep(1000);
      const some = [...this.#open.values()].slice(0, 50);
      await Promise.all(
        some.map((order) => this.#follow(order).catch((e: unknown) => this.#refuse(e))),
      );
    }
  }

  async #follow(open: OpenOrder): Promise<void> {
    const { order } = (await this.#desk.ask(orderState, { id: open.id })) as {
      order: { state: string } | null;
    };
    const state = order?.state ?? 'GONE';
    // The next look is at the others first.
    this.#open.delete(open.id);
    if (['PENDING', 'PROCESSING', 'FAILED'].includes(state)) {
      this.#open.set(open.id, open);
      return;
    }
    this.#figures.ended(state);
    if (state !== 'COMPLETED' || Math.random() >= useShare) return;
    const energy = Math.floor(open.energy * (0.3 + 0.6 * Math.random()));
    await this.#desk.network('use-energy', { address: open.user.receiver, energy });
  }

  async #tell(): Promise<void> {
    while (!this.#hasStopped()) {
      for (let waited = 0; waited < 5000 && !this.#hasStopped(); waited += 250) await sleep(250);
      console.log(this.#figures.line(this.#open.size));
    }
  }

  #refuse(error: unknown): void {
    if (error instanceof Refusal) {
      this.#figures.refused(error.code);
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    this.#figures.refused(`no answer (${reason})`);
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }
}

function wish(): (typeof wishes)[number] {
  let left = Math.random() * wishes.reduce((sum, { weight }) => sum + weight, 0);
  return wishes.find(({ weight }) => (left -= weight) < 0) ?? pick(wishes);
}

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** The same users in every demo. Nobody has the keys of their addresses. */
function demoUser(index: number): DemoUser {
  const hash = createHash('sha256').update(`energy-desk demo receiver ${index}`).digest('hex');
  return {
    telegramId: String(7_000_000_000 + index),
    receiver: utils.address.fromHex(`41${hash.slice(0, 40)}`),
  };
}

async function findDesk(options: DemoOptions): Promise<DemoAccess> {
  const { dataDir } = readOptions([], process.env);
  const known =
    (await readDemoAccess(dataDir)) ??
    (await reachable(dataDir).then((sheltered) => readDemoAccess(sheltered)));
  const url = options.url ?? known?.url;
  const apiKey = options.apiKey ?? process.env['DESK_API_KEY'] ?? known?.apiKey;
  const network = options.network ?? known?.network;
  if (url === undefined || apiKey === undefined || network === undefined) {
    throw new Obstacle(
      'There is no desk to play on: run npm start first, or give --url, --key and --network.',
    );
  }
  const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  );
  if (answer?.ok !== true) {
    throw new Obstacle(`No desk answers at ${url}: run npm start first, in another terminal.`);
  }
  return { url, apiKey, network };
}

try {
  const options = readDemoOptions(process.argv.slice(2));
  const demo = new Demo(new DemoDesk(await findDesk(options)), options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => demo.stop());
  process.on('disconnect', () => demo.stop());
  await demo.play();
  process.disconnect?.();
} catch (error) {
  const known = error instanceof Obstacle || error instanceof Refusal;
  console.error(known ? `\n${error.message}` : error);
  process.exit(1);
}
