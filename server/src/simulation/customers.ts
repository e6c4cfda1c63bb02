import { cancelOrder } from '../orders/cancel-order.ts';
import { DomainError, IdempotencyConflict } from '../kernel/domain-error.ts';
import type { PlaceOrderCommand } from '../orders/place-orders.ts';
import type { DeskProcess } from './desk-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import { operator, type World } from './world.ts';

/** What a customer wants, under one idempotency key. */
export interface Wish {
  readonly key: string;
  readonly telegramId: bigint;
  readonly energy: bigint;
  readonly receiver: PlaceOrderCommand['receiver'];
  /** The price that was shown, for those who looked at it before. */
  readonly maxPriceSun: bigint | null;
  /** Orders that the desk acknowledged under this key: one at the most, whatever happened. */
  readonly acknowledged: Set<string>;
  /** Some call ended without an answer. */
  unknown: boolean;
}

const SIZES = [10_000n, 65_000n, 131_000n, 190_000n, 270_000n];
/** Such that many prices are no round number of TRX. */
const ODD_SIZES = 61_000;

/** Users with their programs: they order, ask again when no answer came, and change their minds. */
export class Customers {
  readonly wishes: Wish[] = [];
  /** Each is for one caller: what is wrong with one order is nothing to another one. */
  readonly #refusals = new WeakSet<DomainError>();
  readonly #world: World;
  readonly #random: SeededRandom;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork();
  }

  newWish(telegramId = this.#random.pick(this.#world.users).telegramId): Wish {
    const random = this.#random;
    const energy = random.chance(0.7)
      ? random.pick(SIZES)
      : 10_000n + BigInt(random.below(ODD_SIZES));
    const wish: Wish = {
      key: `wish-${this.wishes.length + 1}`,
      telegramId,
      energy,
      receiver: random.pick(this.#world.receivers),
      maxPriceSun: random.chance(0.5) ? energy * (energy < 65_000n ? 75n : 60n) : null,
      acknowledged: new Set(),
      unknown: false,
    };
    this.wishes.push(wish);
    return wish;
  }

  /** The same key and content: must come to the same order. */
  async place(desk: DeskProcess, wish: Wish): Promise<void> {
    wish.unknown = true;
    try {
      const { orderId } = await desk.intake.place(this.#command(wish, wish.energy));
      wish.unknown = false;
      if (!wish.acknowledged.has(orderId)) this.#world.count('orders');
      wish.acknowledged.add(orderId);
      this.#world.note(`${desk.name} took ${wish.key}`);
      if (wish.acknowledged.size > 1) {
        this.#world.breaks.push(`${wish.key} was answered with two orders`);
      }
    } catch (error) {
      if (error instanceof DomainError) wish.unknown = false;
      this.#world.noteError(`${desk.name} refused ${wish.key}`, error);
      if (error instanceof DomainError && !error.retryable) {
        if (this.#refusals.has(error)) {
          this.#world.breaks.push(`${wish.key} got the refusal of another order`);
        }
        this.#refusals.add(error);
      }
      if (error instanceof IdempotencyConflict) {
        this.#world.breaks.push(`${wish.key} conflicts with itself`);
      }
      if (error instanceof DomainError && wish.acknowledged.size > 0 && !error.retryable) {
        this.#world.breaks.push(`${wish.key} was taken, and then refused: ${error.message}`);
      }
    }
  }

  /** The key of an order with other content: must be refused once the order is there. */
  async misuse(desk: DeskProcess, wish: Wish): Promise<void> {
    if (wish.acknowledged.size === 0) return;
    try {
      await desk.intake.place(this.#command(wish, wish.energy + 1_000n));
      this.#world.breaks.push(`${wish.key} was taken with other content`);
    } catch (error) {
      this.#world.noteError(`${desk.name} refused the misuse of ${wish.key}`, error);
    }
  }

  async cancel(desk: DeskProcess, wish: Wish): Promise<void> {
    const [orderId] = wish.acknowledged;
    if (orderId === undefined) return;
    try {
      await this.#world.database.transaction(operator, (em) =>
        cancelOrder(em, { orderId, clientId: null, reason: null }),
      );
      this.#world.note(`${desk.name} cancelled ${wish.key}`);
    } catch (error) {
      this.#world.noteError(`${desk.name} did not cancel ${wish.key}`, error);
    }
  }

  #command(wish: Wish, energy: bigint): PlaceOrderCommand {
    return {
      caller: 'client:simulation',
      clientId: null,
      actor: operator,
      clientOrderId: wish.key,
      user: { by: 'telegramId', telegramId: wish.telegramId },
      energy,
      duration: '1h',
      receiver: wish.receiver,
      maxPriceSun: wish.maxPriceSun,
      origin: { requestId: 'simulation', remoteAddress: '127.0.0.1' },
    };
  }
}
