import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { present } from '../kernel/assert.ts';

/** A process of the desk as the simulation sees it: what runs in its name stops with it. */
export interface Actor {
  readonly name: string;
  /** It was killed: nothing of it ever goes on. */
  dead: boolean;
  /** It was stopped (SIGSTOP): its points wait. */
  frozen: boolean;
}

export type PointKind = 'start' | 'sql' | 'node' | 'signer' | 'wait';

/**
 * What becomes of a point: it is done; it fails before or after its effect took place (a connection
 * that broke: the outcome is unknown); or its process dies with the effect done and the answer lost.
 */
export type Passage = 'go' | 'fail-before' | 'fail-after' | 'die-after';

/** A place where some process waits for the scheduler: before a statement, a question to a node, … */
export interface Point {
  readonly kind: PointKind;
  readonly label: string;
  readonly actor: Actor;
  readonly task: string;
  release(passage: Passage): void;
}

/** The simulation broke this connection. */
export class Interrupted extends Error {
  readonly code = '08006';
}

/** What PostgreSQL says of a deadlock. */
class Deadlock extends Error {
  readonly code = '40P01';
}

interface Flight {
  readonly pid: number | undefined;
  readonly actor: Actor;
  readonly mayWait: boolean;
  blocked: boolean;
  /** It was ended, for only one at a time may wait; or because it would wait for itself. */
  ended: 'to try again' | 'deadlock' | undefined;
  /** It has waited for a lock: when it gets it is PostgreSQL's choice, so it waits for its turn again. */
  waited: boolean;
}

/** How a statement stands to the locks of others. */
export interface Locking {
  /** Of PostgreSQL's process that serves it. */
  readonly pid: number;
  /** It ends a transaction, so that others may go on. */
  readonly releases: boolean;
  /** Whether it may have to wait for somebody's lock, as far as one can tell when it begins. */
  readonly mayWait: () => boolean;
  /** It was ended while it waited: takes back what it had done, so that it can be asked again. */
  readonly undo: () => Promise<unknown>;
}

/** After this long without an answer it is asked whether a statement waits for a lock. */
const SUSPICIOUS_MS = 1;
/** The same for statements that should never wait. */
const HANGING_MS = 250;

/** What the scheduler asks PostgreSQL about its backends, on a connection of its own. */
export interface Backends {
  /** For each of these that waits for a lock: the backends that it waits for. */
  blockers(pids: readonly number[]): Promise<Map<number, readonly number[]>>;
  /** Ends what they are doing. */
  cancel(pids: readonly number[]): Promise<unknown>;
}

/** Everything that processes do passes here one at a time, in the order that the scheduler wishes. */
export class Gate {
  readonly #storage = new AsyncLocalStorage<{ actor: Actor; task: string }>();
  readonly #flights = new Set<Flight>();
  readonly #backends: Backends;
  readonly #waiting: Point[] = [];
  /** Who wants a lock that somebody else waits for already: asks again when one has become free. */
  readonly #parked: Point[] = [];
  /** Of the parked ones, by backend: the backends that they waited for. */
  readonly #wanted = new Map<number, readonly number[]>();
  #landed: () => void = () => undefined;
  #released = false;

  constructor(backends: Backends) {
    this.#backends = backends;
  }

  /** Begins work in a process's name; it waits at its first point. */
  run(actor: Actor, task: string, work: () => Promise<void>): void {
    void this.#storage.run({ actor, task }, () => this.pass('start', task, () => work(), false));
  }

  /**
   * Does something that others can see, when its turn comes. Outside of any process it is done at
   * once. Never settles when the process is dead by then.
   * @param locking false for what passes points of its own
   */
  async pass<T>(
    kind: PointKind,
    label: string,
    effect: () => Promise<T>,
    locking?: Locking | false,
  ): Promise<T> {
    const here = this.#storage.getStore();
    if (!here) return effect();
    const { actor } = here;
    if (actor.dead) return never();
    const passage = await this.#stand(kind, label, this.#waiting);
    if (passage === 'fail-before') throw new Interrupted(`${label}: the connection broke`);
    if (locking === false) return effect();
    for (;;) {
      const flight = this.#takeOff(actor, locking);
      try {
        const result = await effect();
        if (locking?.releases) this.#released = true;
        if (passage === 'fail-after') throw new Interrupted(`${label}: the connection broke`);
        return result;
      } catch (error) {
        if (flight.ended === 'to try again' && !isDead(actor)) {
          await locking?.undo();
        } else {
          // What fails gives up its transaction's locks at once.
          this.#released = true;
          throw flight.ended === 'deadlock' ? new Deadlock('deadlock detected') : error;
        }
      } finally {
        this.#flights.delete(flight);
        this.#landed();
        if (passage === 'die-after' && flight.ended === undefined) actor.dead = true;
        if (flight.waited && flight.ended === undefined && !isDead(actor)) {
          await this.#stand('sql', `had a lock: ${label}`, this.#waiting);
        }
        // A dead process neither gets the answer nor handles the error.
        if (isDead(actor)) await never();
      }
      await this.#stand('sql', `wants a lock: ${label}`, this.#parked);
    }
  }

  #takeOff(actor: Actor, locking?: Locking): Flight {
    const flight: Flight = {
      pid: locking?.pid,
      actor,
      mayWait: locking?.mayWait() ?? false,
      blocked: false,
      ended: undefined,
      waited: false,
    };
    this.#flights.add(flight);
    return flight;
  }

  #stand(kind: PointKind, label: string, among: Point[]): Promise<Passage> {
    const { actor, task } = present(this.#storage.getStore(), 'a process');
    return new Promise((release) => {
      among.push({ kind, label, actor, task, release });
    });
  }

  /** Work that no other process can see, but that takes its time outside of this one. */
  async unseen<T>(work: () => Promise<T>): Promise<T> {
    const actor = this.currentActor();
    if (!actor) return work();
    const flight = this.#takeOff(actor);
    try {
      return await work();
    } finally {
      this.#flights.delete(flight);
      this.#landed();
    }
  }

  /** Somebody waits for a lock: the next one who has to wait is ended, and asks again. */
  get oneWaits(): boolean {
    return [...this.#flights].some(({ blocked }) => blocked);
  }

  currentActor(): Actor | undefined {
    return this.#storage.getStore()?.actor;
  }

  /** Points of processes that can go on, in an order that does not depend on who came first. */
  eligible(): Point[] {
    const name = ({ actor, task, label }: Point): string => `${actor.name} ${task} ${label}`;
    return this.#waiting
      .filter(({ actor }) => !actor.frozen)
      .sort((one, other) => (name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0));
  }

  /** Lets one point pass, and waits until everything stands still again. */
  async grant(point: Point, passage: Passage = 'go'): Promise<void> {
    this.#waiting.splice(this.#waiting.indexOf(point), 1);
    point.release(passage);
    await this.settle();
    await this.lookAgain();
  }

  /** Somebody's locks are gone. */
  lookAgainSoon(): void {
    this.#released = true;
  }

  /** What others waited for may have come; whoever still waits for a lock is found out again. */
  async lookAgain(): Promise<void> {
    while (this.#released) {
      this.#released = false;
      this.#waiting.push(...this.#parked.splice(0));
      this.#wanted.clear();
      for (const flight of this.#flights) flight.blocked = false;
      await this.settle();
    }
  }

  /** The process is killed: whatever it was about to do never happens, nor what waits for a lock. */
  async kill(actor: Actor): Promise<void> {
    actor.dead = true;
    for (const points of [this.#waiting, this.#parked]) {
      points.splice(0, points.length, ...points.filter((point) => point.actor !== actor));
    }
    const flights = [...this.#flights].filter((flight) => flight.actor === actor);
    if (flights.length === 0) return;
    await this.#backends.cancel(flights.flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
    for (const flight of flights) flight.blocked = false;
    await this.settle();
  }

  /** Waits until nothing moves: everybody waits at a point, for a lock, or is done. */
  async settle(): Promise<void> {
    for (;;) {
      await turn();
      await turn();
      const running = [...this.#flights].filter(({ blocked }) => !blocked);
      if (running.length === 0) return;
      const suspicious = running.some(({ mayWait, waited }) => mayWait || waited);
      if (await this.#landsWithin(suspicious ? SUSPICIOUS_MS : HANGING_MS)) continue;
      await this.#markBlocked(running);
    }
  }

  /** Whether something that is on its way arrives before this much real time has passed. */
  #landsWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), milliseconds);
      this.#landed = () => {
        clearTimeout(late);
        resolve(true);
      };
    });
  }

  async #markBlocked(running: readonly Flight[]): Promise<void> {
    const pids = [...this.#flights].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    if (pids.length === 0) return;
    const blockers = await this.#backends.blockers(pids);
    for (const flight of running) {
      const { pid } = flight;
      // Who waits for itself is in a deadlock, which PostgreSQL is about to end.
      if (pid === undefined || !blockers.has(pid) || waitsForItself(pid, blockers)) continue;
      const others = [...this.#flights].some((other) => other !== flight && other.blocked);
      if (!others) {
        flight.blocked = flight.waited = true;
        continue;
      }
      // Which of several gets a lock is PostgreSQL's chance, not the seed's: only one may wait.
      for (const [waiter, wanted] of this.#wanted) blockers.set(waiter, wanted);
      flight.ended = waitsForItself(pid, blockers) ? 'deadlock' : 'to try again';
      if (flight.ended === 'to try again') this.#wanted.set(pid, blockers.get(pid) ?? []);
      await this.#backends.cancel([pid]);
    }
  }
}

function waitsForItself(pid: number, blockers: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set<number>();
  const next = [...(blockers.get(pid) ?? [])];
  for (let blocker = next.pop(); blocker !== undefined; blocker = next.pop()) {
    if (blocker === pid) return true;
    if (seen.has(blocker)) continue;
    seen.add(blocker);
    next.push(...(blockers.get(blocker) ?? []));
  }
  return false;
}

function isDead(actor: Actor): boolean {
  return actor.dead;
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
