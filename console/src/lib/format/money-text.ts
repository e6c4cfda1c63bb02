import { formatDecimal } from './decimal.ts';

/** An amount with its currency, for titles and sentences. */
export function moneyText({ amount, currency }: { amount: string; currency: string }): string {
  return `${formatDecimal(amount)} ${currency}`;
}
