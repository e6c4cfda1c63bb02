import type { Database } from '../database/database.ts';
import { present } from '../kernel/assert.ts';
import { Batcher, type Outcome } from '../kernel/batch.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { ResourceRatio } from '../tron/resource-maths.ts';
import { SalesPaused } from './order-placing.errors.ts';
import { type PlacedOrder, type PlaceOrderCommand, placeOrders } from './place-orders.ts';
import type { ReceiverCheck } from './receiver-check.ts';

export interface IntakeParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly receivers: ReceiverCheck;
  /** @throws ChainUnavailable while the chain's figures are not known */
  readonly ratio: () => Promise<ResourceRatio>;
  /** Why nothing may be sold right now, for people; undefined when all is well. */
  readonly closedBecause: () => string | undefined;
  /** Shortens the wait of what was placed; nothing depends on it. */
  readonly wake: () => void;
}

const MAX_BATCH = 64;
const LANES = 3;
const MAX_WAITING = 20_000;

/** Takes orders one by one from concurrent requests, and places them in batches. */
export class OrderIntake {
  readonly #parts: IntakeParts;
  readonly #batcher: Batcher<PlaceOrderCommand, PlacedOrder>;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#batcher = new Batcher((commands) => this.#place(commands), {
      maxSize: MAX_BATCH,
      lanes: LANES,
      maxWaiting: MAX_WAITING,
      overloaded: () => new SalesPaused('too many orders wait already, try again in a moment'),
    });
  }

  /**
   * Places one order, or answers with the one that was placed under the same client order id.
   * @throws the DomainError that says why it is not taken; nothing is left of it then
   */
  async place(command: PlaceOrderCommand): Promise<PlacedOrder> {
    const closed = this.#parts.closedBecause();
    if (closed !== undefined) throw new SalesPaused(closed);
    await this.#parts.receivers.check(command.receiver);
    return this.#batcher.submit(command);
  }

  /** A transaction has one actor; callers that order at the same moment get one each. */
  async #place(commands: PlaceOrderCommand[]): Promise<Outcome<PlacedOrder>[]> {
    const ratio = await this.#parts.ratio();
    const outcomes = new Map<PlaceOrderCommand, Outcome<PlacedOrder>>();
    for (const share of Map.groupBy(commands, ({ caller }) => caller).values()) {
      const { actor } = present(share[0], 'command');
      const placed = await this.#parts.database.transaction(
        actor,
        (em) => placeOrders(em, share, { ids: this.#parts.ids, ratio }),
        'order placed',
      );
      share.forEach((command, index) => {
        outcomes.set(command, present(placed[index], 'outcome'));
      });
    }
    this.#parts.wake();
    return commands.map((command) => present(outcomes.get(command), 'outcome'));
  }
}
