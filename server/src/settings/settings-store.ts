import type { EntityManager } from '../database/database.ts';
import type { Clock } from '../kernel/clock.ts';
import { defaultSettings, readSettings, type Settings } from './read-settings.ts';

/** A change made by another process is known after this long at the latest. */
const STALE_AFTER_MS = 1_000;

/**
 * Settings for what reads them all the time and may see them a second late. What decides about
 * money reads them in its own transaction with `readSettings`.
 */
export class SettingsStore {
  readonly #read: () => EntityManager;
  readonly #clock: Clock;
  #known: { settings: Settings; at: number } | undefined;
  #reading: Promise<Settings> | undefined;
  #epoch = 0;

  constructor(read: () => EntityManager, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** At most a second old. Throws what the database throws when it has to ask. */
  current(): Promise<Settings> {
    if (this.#known && this.#clock.monotonic() - this.#known.at < STALE_AFTER_MS) {
      return Promise.resolve(this.#known.settings);
    }
    this.#reading ??= this.#refresh(this.#epoch);
    return this.#reading;
  }

  /**
   * What was known last, at once: the defaults before the first answer. Asks anew behind the scenes
   * when it is older than a second, so that a caller who comes often sees a change soon.
   */
  recent(): Settings {
    const before = this.#known?.settings ?? defaultSettings;
    // Whoever needs the answer waits for `current` and hears of the failure there.
    void this.current().catch(() => undefined);
    return before;
  }

  /** The next reader asks the database: for after the commit of a change of one's own. */
  forget(): void {
    this.#epoch += 1;
    this.#known = undefined;
    this.#reading = undefined;
  }

  async #refresh(epoch: number): Promise<Settings> {
    const at = this.#clock.monotonic();
    try {
      const settings = await readSettings(this.#read());
      // A read that began before `forget` may have seen what was before the change.
      if (epoch === this.#epoch) this.#known = { settings, at };
      return settings;
    } finally {
      if (epoch === this.#epoch) this.#reading = undefined;
    }
  }
}
