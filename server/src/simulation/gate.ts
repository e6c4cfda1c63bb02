import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** A process of the desk as the simulation sees it: what runs in its name stops with it. */
export interface Actor {
  readonly name: string;
  /** It was killed: nothing of it ever goes on. */
  dead: boolean;
  /** It was stopped (SIGSTOP): its points wait. */
  frozen: boolean;
}

export type PointKind = 'start' | 'sql' | 'node' | 'wait';

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

interface Flight {
  readonly pid: number | undefined;
  readonly actor: Actor;
  blocked: boolean;
  /** It has waited for a lock: when it gets it is PostgreSQL's choice, so it waits for its turn again. */
  waited: boolean;
}

/** PostgreSQL itself looks for deadlocks after 1 ms here, so this is a wait for somebody's commit. */
const SUSPICIOUS_MS = 4;

/** Everything that processes do passes here one at a time, in the order that the scheduler wishes. */
export class Gate {
  readonly #storage = new AsyncLocalStorage<{ actor: Actor; task: string }>();
  readonly #flights = new Set<Flight>();
  readonly #findBlocked: (pids: readonly number[]) => Promise<ReadonlySet<number>>;
  #waiting: Point[] = [];
  #landed: () => void = () => undefined;

  /** @param findBlocked which of these backends of PostgreSQL wait for a lock */
  constructor(findBlocked: (pids: readonly number[]) => Promise<ReadonlySet<number>>) {
    this.#findBlocked = findBlocked;
  }

  /** Begins work in a process's name; it waits at its first point. */
  run(actor: Actor, task: string, work: () => Promise<void>): void {
    void this.#storage.run({ actor, task }, () => this.pass('start', task, () => work(), false));
  }

  /**
   * Does something that others can see, when its turn comes. Outside of any process it is done at
   * once. Never settles when the process is dead by then.
   * @param counted false for what passes points of its own
   */
  async pass<T>(
    kind: PointKind,
    label: string,
    effect: () => Promise<T>,
    counted = true,
    pid?: number,
  ): Promise<T> {
    const here = this.#storage.getStore();
    if (!here) return effect();
    const { actor, task } = here;
    if (actor.dead) return never();
    const passage = await new Promise<Passage>((release) => {
      this.#waiting.push({ kind, label, actor, task, release });
    });
    if (passage === 'fail-before') throw new Interrupted(`${label}: the connection broke`);
    if (!counted) return effect();
    const flight: Flight = { pid, actor, blocked: false, waited: false };
    this.#flights.add(flight);
    try {
      const result = await effect();
      if (passage === 'fail-after') throw new Interrupted(`${label}: the connection broke`);
      return result;
    } finally {
      this.#flights.delete(flight);
      this.#landed();
      if (passage === 'die-after') actor.dead = true;
      if (flight.waited && !isDead(actor)) {
        await new Promise<Passage>((release) => {
          this.#waiting.push({ kind: 'sql', label: `had a lock: ${label}`, actor, task, release });
        });
      }
      // A dead process neither gets the answer nor handles the error.
      if (isDead(actor)) await never();
    }
  }

  /** Work that no other process can see, but that takes its time outside of this one. */
  async unseen<T>(work: () => Promise<T>): Promise<T> {
    const actor = this.currentActor();
    if (!actor) return work();
    const flight: Flight = { pid: undefined, actor, blocked: false, waited: false };
    this.#flights.add(flight);
    try {
      return await work();
    } finally {
      this.#flights.delete(flight);
      this.#landed();
    }
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

  /** A statement of the process waits in PostgreSQL for somebody else's lock. */
  isBlocked(actor: Actor): boolean {
    return [...this.#flights].some((flight) => flight.actor === actor);
  }

  /** Lets one point pass, and waits until everything stands still again. */
  async grant(point: Point, passage: Passage = 'go'): Promise<void> {
    this.#waiting = this.#waiting.filter((other) => other !== point);
    point.release(passage);
    await this.settle();
    await this.lookAgain();
  }

  /** What others waited for may have come; whoever still waits for a lock is found out again. */
  async lookAgain(): Promise<void> {
    if (this.#flights.size === 0) return;
    for (const flight of this.#flights) flight.blocked = false;
    await this.settle();
  }

  /** The process is killed: whatever it was about to do never happens. */
  kill(actor: Actor): void {
    actor.dead = true;
    this.#waiting = this.#waiting.filter((point) => point.actor !== actor);
  }

  /** Waits until nothing moves: everybody waits at a point, for a lock, or is done. */
  async settle(): Promise<void> {
    for (;;) {
      await turn();
      await turn();
      const running = [...this.#flights].filter(({ blocked }) => !blocked);
      if (running.length === 0) return;
      const landed = new Promise<'landed'>((resolve) => {
        this.#landed = () => resolve('landed');
      });
      const controller = new AbortController();
      const late = pause(SUSPICIOUS_MS, 'late' as const, { signal: controller.signal }).catch(
        () => 'landed' as const,
      );
      const first = await Promise.race([landed, late]);
      controller.abort();
      if (first === 'landed') continue;
      const pids = running.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
      const blocked = pids.length > 0 ? await this.#findBlocked(pids) : new Set<number>();
      for (const flight of running) {
        if (flight.pid !== undefined && blocked.has(flight.pid))
          flight.blocked = flight.waited = true;
      }
    }
  }
}

function isDead(actor: Actor): boolean {
  return actor.dead;
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
