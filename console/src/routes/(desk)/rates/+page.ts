import { RatesPage } from '#lib/rates/rates-page.ts';

/** The rate between TRX and USDT. */
export function load(): { rates: RatesPage } {
  return { rates: new RatesPage() };
}
