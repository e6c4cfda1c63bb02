import { type Clock, delay } from '../kernel/clock.ts';

export type HealthStatus = 'UP' | 'DEGRADED' | 'DOWN';

/** What a check finds; `detail` is a short sentence for operators, without secrets. */
export interface Finding {
  readonly status: HealthStatus;
  readonly detail: string | null;
}

/** Something the desk leans on. */
export interface DependencyCheck {
  readonly name: string;
  /** Without it this process can answer nobody. What is not essential only degrades the desk. */
  readonly essential: boolean;
  readonly check: () => Promise<Finding> | Finding;
}

export interface DependencyState extends Finding {
  readonly name: string;
  readonly essential: boolean;
  /** Milliseconds that the check took. */
  readonly latencyMs: number;
  readonly checkedAt: Date;
}

const PATIENCE_MS = 3_000;
/** Many may ask; the dependencies are asked once in this time at most. */
const FRESH_MS = 1_000;

/** Knows what the desk leans on and how that is. */
export class HealthRegistry {
  readonly #clock: Clock;
  readonly #checks: DependencyCheck[] = [];
  #known: { at: number; states: Promise<readonly DependencyState[]> } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  register(check: DependencyCheck): void {
    this.#checks.push(check);
    this.#known = undefined;
  }

  /** Each dependency's state, in the order of registration, at most a second old. Never rejects. */
  states(): Promise<readonly DependencyState[]> {
    const now = this.#clock.monotonic();
    if (!this.#known || now - this.#known.at >= FRESH_MS) {
      this.#known = { at: now, states: Promise.all(this.#checks.map((one) => this.#look(one))) };
    }
    return this.#known.states;
  }

  async #look({ name, essential, check }: DependencyCheck): Promise<DependencyState> {
    const begin = this.#clock.monotonic();
    const finding = await this.#ask(check);
    return {
      name,
      essential,
      ...finding,
      latencyMs: Math.round((this.#clock.monotonic() - begin) * 10) / 10,
      checkedAt: this.#clock.now(),
    };
  }

  async #ask(check: DependencyCheck['check']): Promise<Finding> {
    const patience = new AbortController();
    try {
      const finding = await Promise.race([
        Promise.resolve().then(check),
        delay(this.#clock, PATIENCE_MS, patience.signal),
      ]);
      return finding ?? { status: 'DOWN', detail: `No answer within ${PATIENCE_MS / 1_000} s.` };
    } catch (error) {
      // Messages of drivers may hold addresses with passwords.
      return { status: 'DOWN', detail: `The check failed: ${nameOf(error)}.` };
    } finally {
      patience.abort();
    }
  }
}

/** DOWN when something essential is, DEGRADED when anything is not UP. */
export function overallStatus(states: readonly DependencyState[]): HealthStatus {
  if (states.some(({ essential, status }) => essential && status === 'DOWN')) return 'DOWN';
  return states.every(({ status }) => status === 'UP') ? 'UP' : 'DEGRADED';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
