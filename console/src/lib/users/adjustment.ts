import { fromMicro, parseMicro } from '../format/decimal.ts';

/** What an adjustment would leave; undefined when the amount is zero or is none. */
export function balanceAfter(
  available: string,
  amount: string,
): { after: string; short: boolean } | undefined {
  const change = parseMicro(amount.replace('−', '-'));
  const before = parseMicro(available);
  if (change === undefined || change === 0n || before === undefined) return undefined;
  return { after: fromMicro(before + change), short: before + change < 0n };
}
