import { formatDecimal } from '../format/decimal.ts';
import { t } from '../messages/messages.ts';

/** An amount with its currency, for titles and sentences. */
export function moneyText({ amount, currency }: { amount: string; currency: string }): string {
  return `${formatDecimal(amount)} ${currency}`;
}

/** Why a person has to agree: the desk's fixed sentences are translated, the others stay. */
export function waitsText(sentence: string): string {
  const words: Record<string, string> = t.withdrawals.waits;
  return Object.hasOwn(words, sentence) ? (words[sentence] ?? sentence) : sentence;
}
