import { readChoice, writeChoice } from './choice.ts';

export type Density = 'comfortable' | 'compact';
export const densities: readonly Density[] = ['comfortable', 'compact'];

/** How tall table rows are; remembered on this machine. */
class CurrentDensity {
  #current = $state<Density>(readChoice('desk.density', densities, 'comfortable'));

  get current(): Density {
    return this.#current;
  }

  set(density: Density): void {
    this.#current = density;
    writeChoice('desk.density', density);
  }
}

export const density = new CurrentDensity();
