import { query } from '../database/query.ts';
import { IdMaker } from '../kernel/ids.ts';
import { refundOrder, retryOrder } from '../orders/retry-order.ts';
import { defaultPriceBook, type PriceBookInput } from '../settings/price-book.ts';
import { change, changeSettings, type SettingChange } from '../settings/change-settings.ts';
import type { Wish } from './customers.ts';
import type { DeskProcess } from './desk-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import { operator, type World } from './world.ts';

/** The operator who decides by hand what becomes of failed orders, and what Energy costs. */
export class Manager {
  readonly #world: World;
  readonly #random: SeededRandom;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork();
  }

  async retry(desk: DeskProcess, wish: Wish): Promise<void> {
    const ids = new IdMaker(this.#world.clock, this.#random.fork());
    const ratio = () => desk.chain.parameters.current().energyRatio;
    await this.#decide(`${desk.name} tries ${wish.key} again`, wish, (orderId) =>
      this.#world.database.transaction(operator, (em) =>
        retryOrder(em, { orderId, reason: 'simulation' }, { ids, ratio }),
      ),
    );
  }

  async refund(desk: DeskProcess, wish: Wish): Promise<void> {
    await this.#decide(`${desk.name} refunds ${wish.key}`, wish, (orderId) =>
      this.#world.database.transaction(operator, (em) =>
        refundOrder(em, { orderId, reason: 'simulation' }),
      ),
    );
  }

  /** From now on failed orders wait for a person, or they no longer do. */
  byHand(byHand: boolean): Promise<void> {
    return this.#set(change('orders.refundAutomatically', !byHand));
  }

  /** Between somebody's look at the price and the order. */
  reprice(): Promise<void> {
    return this.#set(change('pricing.book', this.#random.pick([DEAR, defaultPriceBook])));
  }

  /** Every order that still waits for a person gets its money back. */
  async refundAllFailed(): Promise<void> {
    const { database } = this.#world;
    const failed = await query<{ id: string }>(
      database.read(),
      `select id from orders where state = 'FAILED' order by id`,
    );
    for (const { id } of failed) {
      await database.transaction(operator, (em) =>
        refundOrder(em, { orderId: id, reason: 'simulation' }),
      );
    }
  }

  async #set(setting: SettingChange): Promise<void> {
    try {
      await this.#world.database.transaction(operator, (em) =>
        changeSettings(em, operator, [setting], 'simulation'),
      );
      this.#world.note(`${setting.key} is changed`);
    } catch (error) {
      this.#world.noteError(`${setting.key} is not changed`, error);
    }
  }

  async #decide(
    what: string,
    wish: Wish,
    decide: (orderId: string) => Promise<unknown>,
  ): Promise<void> {
    const [orderId] = wish.acknowledged;
    if (orderId === undefined) return;
    try {
      await decide(orderId);
      this.#world.note(what);
    } catch (error) {
      // The ratio is not known before the first look at the chain.
      this.#world.noteError(`not: ${what}`, error);
    }
  }
}

const DEAR: PriceBookInput = defaultPriceBook.map((row) => ({
  ...row,
  tiers: row.tiers.map((tier) => ({ ...tier, sunPerEnergy: `1${tier.sunPerEnergy}` })),
}));
