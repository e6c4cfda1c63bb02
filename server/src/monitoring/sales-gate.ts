import type { Clock } from '../kernel/clock.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { type ChainSource, closedBecause, readChainState } from './chain-state.ts';

/** Says at any moment, without waiting, whether the desk sells. */
export class SalesGate {
  readonly #chain: ChainSource;
  readonly #settings: SettingsStore;
  readonly #clock: Clock;

  constructor(chain: ChainSource, settings: SettingsStore, clock: Clock) {
    this.#chain = chain;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Why nothing is sold right now, for people; undefined when all is well. Settings may be a second old. */
  closedBecause(): string | undefined {
    return closedBecause(
      readChainState(this.#chain),
      this.#settings.recent().values,
      this.#clock.now(),
    );
  }
}
