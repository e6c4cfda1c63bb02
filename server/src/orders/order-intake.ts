import type { Database } from '../database/database.ts';
import { present } from '../kernel/assert.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { Batcher, type Outcome } from '../kernel/batch.ts';
import type { Clock } from '../kernel/clock.ts';
import type { IdMaker } from '../kernel/ids.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { isOvertaken } from '../capacity/capacity.ts';
import { BatchesInFlight } from './batches-in-flight.ts';
import { SalesPaused } from './order-placing.errors.ts';
import {
  type ExaminedCommand,
  type PlacedOrder,
  type PlaceOrderCommand,
  placeOrders,
  type PlacingTerms,
} from './place-orders.ts';
import type { ReceiverCheck } from './receiver-check.ts';

export interface IntakeParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly clock: Clock;
  readonly receivers: ReceiverCheck;
  /** @throws ChainUnavailable while the chain's figures are not known */
  readonly ratio: () => Promise<ResourceRatio>;
  /** Why nothing may be sold right now, for people; undefined when all is well. */
  readonly closedBecause: () => string | undefined;
  /** Writes who placed what into the audit log, in the orders' own transaction. */
  readonly record: PlacingTerms['record'];
  /** Shortens the wait of what was placed; nothing depends on it. */
  readonly wake: () => void;
}

const MAX_BATCH = 64;
const LANES = 3;
/** A transaction costs as much as some ten orders: a lane is worth it for more than that. */
const WORTH_A_LANE = 32;
/** Longer than a batch takes unless it is held up. */
const PATIENCE_MS = 25;
const MAX_WAITING = 20_000;

/** Takes orders one by one from concurrent requests, and places them in batches. */
export class OrderIntake {
  readonly #parts: IntakeParts;
  readonly #batcher: Batcher<ExaminedCommand, PlacedOrder>;
  readonly #inFlight = new BatchesInFlight();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#batcher = new Batcher((commands) => this.#place(commands), {
      maxSize: MAX_BATCH,
      lanes: LANES,
      worthALane: WORTH_A_LANE,
      patienceMs: PATIENCE_MS,
      clock: parts.clock,
      maxWaiting: MAX_WAITING,
      overloaded: () => new SalesPaused('too many orders wait already, try again in a moment'),
    });
  }

  /**
   * Places one order, or answers with the one that was placed under the same client order id.
   * @throws the DomainError that says why it is not taken; nothing is left of it then
   */
  async place(command: PlaceOrderCommand): Promise<PlacedOrder> {
    return this.#batcher.submit({ ...command, obstacle: await this.#obstacle(command) });
  }

  async #obstacle({ receiver }: PlaceOrderCommand): Promise<DomainError | undefined> {
    const closed = this.#parts.closedBecause();
    if (closed !== undefined) return new SalesPaused(closed);
    try {
      await this.#parts.receivers.check(receiver);
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  /** A transaction has one actor; callers that order at the same moment get one each. */
  async #place(commands: ExaminedCommand[]): Promise<Outcome<PlacedOrder>[]> {
    const { ids, record } = this.#parts;
    const terms = { ids, record, ratio: await this.#parts.ratio() };
    const outcomes = new Map<ExaminedCommand, Outcome<PlacedOrder>>();
    for (const share of Map.groupBy(commands, ({ caller }) => caller).values()) {
      const placed = await this.#placeUnlocked(share, terms);
      const rest = share.filter((_command, index) => placed[index] === undefined);
      const behindLocks = rest.length === 0 ? [] : await this.#write(rest, terms);
      for (const [index, command] of share.entries()) {
        outcomes.set(command, present(placed[index] ?? behindLocks.shift(), 'outcome'));
      }
    }
    this.#parts.wake();
    return commands.map((command) => present(outcomes.get(command), 'outcome'));
  }

  /** @returns undefined for each that has to be decided behind the locks */
  async #placeUnlocked(commands: ExaminedCommand[], terms: PlacingTerms) {
    const batch = this.#inFlight.open();
    try {
      return await this.#write(commands, {
        ...terms,
        unlocked: { batch, inFlight: this.#inFlight },
      });
    } catch (error) {
      if (isOvertaken(error)) return commands.map(() => undefined);
      throw error;
    } finally {
      this.#inFlight.close(batch);
    }
  }

  #write(commands: ExaminedCommand[], terms: PlacingTerms) {
    const { actor } = present(commands[0], 'command');
    return this.#parts.database.hotTransaction(
      actor,
      (em) => placeOrders(em, commands, terms),
      'order placed',
    );
  }
}
