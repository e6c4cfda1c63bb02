import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimited } from './access.errors.ts';

const QUARTER_HOUR = 900;

export interface SignInLimitOptions {
  /** Tries in a quarter of an hour by one address for one e-mail address. */
  readonly perPair?: number;
  /** By one address for all. */
  readonly perAddress?: number;
  /** For one e-mail address from everywhere. High: it lets a stranger lock somebody out. */
  readonly perEmail?: number;
}

/** How often somebody may try to sign in; kept in this process. */
export class SignInLimits {
  readonly #pair: RateLimiterMemory;
  readonly #address: RateLimiterMemory;
  readonly #email: RateLimiterMemory;

  constructor({ perPair = 8, perAddress = 60, perEmail = 100 }: SignInLimitOptions = {}) {
    const duration = QUARTER_HOUR;
    this.#pair = new RateLimiterMemory({ points: perPair, duration });
    this.#address = new RateLimiterMemory({ points: perAddress, duration });
    this.#email = new RateLimiterMemory({ points: perEmail, duration });
  }

  /** Counts a try. @throws RateLimited with `details.retryAfterSeconds` */
  async count(remoteAddress: string, email: string): Promise<void> {
    try {
      await this.#pair.consume(`${remoteAddress} ${email}`);
      await this.#address.consume(remoteAddress);
      await this.#email.consume(email);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new RateLimited(
        `Too many tries. Wait ${Math.ceil(retryAfterSeconds / 60)} minutes and try again.`,
        { details: { retryAfterSeconds } },
      );
    }
  }

  /** A success: the earlier tries were slips. */
  async forget(remoteAddress: string, email: string): Promise<void> {
    await this.#pair.delete(`${remoteAddress} ${email}`);
  }
}
