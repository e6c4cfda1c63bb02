import { Field, ID, InputType } from 'type-graphql';
import { CurrencyEnum } from '../graphql/money.graphql.ts';
import type { Currency } from '../kernel/money.ts';
import { UserRefType } from './user.graphql.ts';

@InputType({ description: 'Whose statement: exactly one of `accountId` and `user`.' })
export class StatementInput {
  @Field(() => ID, { nullable: true, description: 'Any account, by its number; for operators.' })
  declare accountId?: string | null;

  @Field(() => UserRefType, { nullable: true, description: 'What this user can spend.' })
  declare user?: UserRefType | null;

  @Field(() => CurrencyEnum, {
    nullable: true,
    defaultValue: 'TRX',
    description: 'With `user`: in which currency.',
  })
  declare currency?: Currency | null;
}
