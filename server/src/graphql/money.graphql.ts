import { Field, ObjectType } from 'type-graphql';
import type { Currency } from '../kernel/money.ts';
import { enumeration } from './enumeration.ts';
import { Amount } from './scalars.ts';

export const CurrencyEnum = enumeration<Currency>('Currency', 'What an amount is in.', {
  TRX: 'TRON’s own coin; one TRX is 1,000,000 sun.',
  USDT: 'Tether’s dollar token on TRON (TRC-20).',
});

/** An amount with its currency; `amount` is micro-units inside. */
@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => Amount, { description: 'Decimal string with at most six places.' })
  declare amount: bigint;

  @Field(() => CurrencyEnum, { description: 'What the amount is in.' })
  declare currency: Currency;
}

/** Sun as {@link Money}. */
export function trx(sun: bigint): Money {
  return { amount: sun, currency: 'TRX' };
}
