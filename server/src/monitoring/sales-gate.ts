import type { Clock } from '../kernel/clock.ts';
import type { SafeModeStore } from '../safety/safe-mode-store.ts';
import { inSafeMode } from '../safety/safety.errors.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { type ChainSource, closedBecause, readChainState } from './chain-state.ts';

/** Says at any moment, without waiting, whether the desk sells. */
export class SalesGate {
  readonly #chain: ChainSource;
  readonly #settings: SettingsStore;
  readonly #clock: Clock;
  readonly #safeMode: Pick<SafeModeStore, 'recentRefusal'>;

  constructor(
    chain: ChainSource,
    settings: SettingsStore,
    clock: Clock,
    safeMode: Pick<SafeModeStore, 'recentRefusal'>,
  ) {
    this.#chain = chain;
    this.#settings = settings;
    this.#clock = clock;
    this.#safeMode = safeMode;
  }

  /** Why nothing is sold right now, for people; undefined when all is well. Settings and safe mode may be a second old. */
  closedBecause(): string | undefined {
    const refusal = this.#safeMode.recentRefusal('ENERGY');
    if (refusal !== undefined) return inSafeMode(refusal);
    return closedBecause(
      readChainState(this.#chain),
      this.#settings.recent().values,
      this.#clock.now(),
    );
  }
}
