import { fromMicro, parseMicro, sumAmounts } from '../format/decimal.ts';

const micro = (text: string): bigint => parseMicro(text) ?? 0n;
const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

/** TRX that may still be topped up today. */
export function roomToday(station: { dailyLimit: string; spentToday: string }): string {
  return fromMicro(positive(micro(station.dailyLimit) - micro(station.spentToday)));
}

/** TRX that bring a balance to the target, none when it is there. */
export function missingTo(target: string, balance: string): string {
  return fromMicro(positive(micro(target) - micro(balance)));
}

/** What is wrong with an amount of TRX to top up; undefined when nothing is. */
export function topUpFault(amount: string, room: string): 'bad' | 'over' | undefined {
  const value = parseMicro(amount);
  if (value === undefined || value <= 0n) return 'bad';
  return value > micro(room) ? 'over' : undefined;
}

/** The balance after an amount came in. */
export function afterTopUp(balance: string, amount: string): string {
  return sumAmounts([balance, amount]);
}

/** What kind of trouble the gas station tells of. */
export function problemKind(text: string): 'treasury' | 'limit' | 'other' {
  if (/daily|a day|today/i.test(text)) return 'limit';
  return /treasury/i.test(text) ? 'treasury' : 'other';
}
