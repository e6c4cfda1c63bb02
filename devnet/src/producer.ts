import type { Clock } from './clock.ts';
import type { Chain } from './chain/chain.ts';

/** Makes blocks: by the clock, or only when told. */
export class Producer {
  private readonly chain: Chain;
  private readonly clock: Clock;
  private currentPace: number | 'manual';
  private stopped = false;
  private isPaused = false;
  private cancel: (() => void) | undefined;

  constructor(chain: Chain, clock: Clock, pace: number | 'manual') {
    this.chain = chain;
    this.clock = clock;
    this.currentPace = pace;
    this.schedule();
  }

  get paused(): boolean {
    return this.isPaused;
  }

  get blockMs(): number | 'manual' {
    return this.currentPace;
  }

  /** Makes so many blocks now. */
  step(blocks: number): void {
    this.chain.together(() => {
      for (let block = 0; block < blocks; block++) this.chain.produce(this.nextTime());
    });
  }

  /** In manual mode chain time moves by one slot per block, else it follows the clock. */
  private nextTime(): number {
    const manual = this.currentPace === 'manual';
    return this.chain.nextTimestamp(manual ? undefined : this.clock.now());
  }

  pause(): void {
    this.isPaused = true;
    this.schedule();
  }

  resume(): void {
    this.isPaused = false;
    this.schedule();
  }

  /** ms between blocks from now on, or none by itself. */
  pace(blockMs: number | 'manual'): void {
    this.currentPace = blockMs;
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.schedule();
  }

  private schedule(): void {
    this.cancel?.();
    this.cancel = undefined;
    const pace = this.currentPace;
    if (this.stopped || this.isPaused || pace === 'manual') return;
    // Aligned to whole multiples, so that at the usual pace blocks come when their slot begins.
    const wait = pace - (this.clock.now() % pace);
    this.cancel = this.clock.after(wait, () => {
      this.step(1);
      this.schedule();
    });
  }
}
