import path from 'node:path';
import type { Case } from './cases.ts';
import { keepEvidence } from './evidence.ts';
import { House } from './house.ts';
import { type Outcome, runCase } from './run-case.ts';

export interface MatrixOptions {
  readonly cases: readonly Case[];
  /** Houses that play side by side; each plays one case after another. */
  readonly houses: number;
  /** Gets a folder for each bad case, with what explains it. */
  readonly evidence: string;
  /** So many bad cases are enough: what is still to come is not played. */
  readonly enough: number;
  readonly onOutcome: (ended: Ended) => void;
}

/** How a case ended, and where its evidence is when it is bad. */
export interface Ended extends Outcome {
  readonly evidence?: string;
  /** What the processes wrote last, by their names; only of a bad case. */
  readonly lastWords?: ReadonlyMap<string, string>;
}

/** Plays cases in several houses at once. */
export class Matrix {
  readonly #options: MatrixOptions;
  readonly #waiting: Case[];
  readonly #open = new Set<House>();
  /** One house is opened after the other: the first plays while the next ones start. */
  #door: Promise<unknown> = Promise.resolve();
  #broken = 0;
  #stopped = false;

  constructor(options: MatrixOptions) {
    this.#options = options;
    this.#waiting = [...options.cases];
  }

  /** Resolves when every case is played, or enough are bad. Leaves nothing behind. */
  async run(): Promise<void> {
    const houses = Math.min(this.#options.houses, this.#waiting.length);
    await Promise.all(Array.from({ length: houses }, () => this.#inhabit()));
  }

  /** Ends all processes, whatever they play; what `run` says afterwards means nothing. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#door;
    // One that cannot be ended must not keep the others.
    await Promise.allSettled([...this.#open].map((house) => this.#leave(house)));
  }

  #next(): Case | undefined {
    if (this.#stopped || this.#broken >= this.#options.enough) return undefined;
    return this.#waiting.shift();
  }

  async #inhabit(): Promise<void> {
    let house: House | undefined;
    try {
      for (let one = this.#next(); one !== undefined; one = this.#next()) {
        house ??= await this.#enter(one);
        if (house === undefined) continue;
        const outcome = await runCase(house, one);
        if (this.#stopped) return;
        if (outcome.broken) {
          await this.#tellBroken(house, outcome);
          // What is broken here must not colour the next case.
          await this.#leave(house);
          house = undefined;
        } else this.#options.onOutcome(outcome);
      }
    } finally {
      if (house !== undefined) await this.#leave(house);
    }
  }

  /** A house for this case, or none, which counts against the case. */
  async #enter(one: Case): Promise<House | undefined> {
    const start = this.#door.then(async () => {
      if (this.#stopped) return undefined;
      const house = await House.start();
      this.#open.add(house);
      return house;
    });
    this.#door = start.catch(() => undefined);
    try {
      return await start;
    } catch (error) {
      this.#broken += 1;
      const said = `no desk could be started for it: ${String(error)}`;
      this.#options.onOutcome({ name: one.name, said, broken: true, seconds: 0 });
      return undefined;
    }
  }

  async #leave(house: House): Promise<void> {
    if (!this.#open.delete(house)) return;
    await house.stop();
  }

  async #tellBroken(house: House, outcome: Outcome): Promise<void> {
    this.#broken += 1;
    const folder = outcome.name.replaceAll(/[^\w]+/g, '-');
    const evidence = path.join(this.#options.evidence, folder);
    await keepEvidence(house, evidence);
    const lastWords = new Map(house.instances.map((one) => [one.name, one.lastWords()]));
    this.#options.onOutcome({ ...outcome, evidence, lastWords });
  }
}
