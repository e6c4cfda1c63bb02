import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, Json } from '../graphql/scalars.ts';
import type { SessionRow } from './bot-sessions.ts';
import { UserRefType } from './user.graphql.ts';

@ObjectType({
  description:
    'Where a user stands in the bot’s dialogue, as the bot saved it last. The desk makes nothing of it.',
})
export class BotSession {
  @Field(() => Int, { description: 'The bot counts it up with each change; 1 and above.' })
  declare version: number;

  @Field(() => DateTime, { description: 'When it was saved, by the database’s clock.' })
  declare savedAt: Date;

  @Field(() => String, { nullable: true, description: 'As the bot writes it: "65K" or "65000".' })
  declare selectedEnergy: string | null;

  @Field(() => String, { nullable: true, description: 'As the bot writes it: "1h".' })
  declare selectedDuration: string | null;

  @Field(() => String, { nullable: true, description: 'The address that was chosen.' })
  declare selectedAddress: string | null;

  @Field(() => String, { nullable: true, description: 'The cost that was shown, in TRX.' })
  declare computedCost: string | null;

  @Field(() => String, { nullable: true, description: 'What the bot waits for the user to type.' })
  declare pendingInput: string | null;

  @Field(() => String, { nullable: true, description: 'The address’s balance that was shown.' })
  declare addressBalance: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user has the balance shown on the page of buying.',
  })
  declare showBalanceInBuyPage: boolean | null;

  @Field(() => String, { nullable: true, description: 'The user’s last order in the bot.' })
  declare lastOrderId: string | null;

  @Field(() => String, { nullable: true, description: 'The transaction id that was shown last.' })
  declare lastTransactionHash: string | null;

  @Field(() => String, { nullable: true, description: 'When the last order was placed.' })
  declare lastOrderTime: string | null;

  @Field(() => Json, { nullable: true, description: 'What else the bot keeps.' })
  declare more: Readonly<Record<string, unknown>> | null;
}

@InputType({
  description:
    'The whole session; what is left out is empty from then on. Texts have up to 200 characters.',
})
export class SaveSessionInput {
  @Field(() => UserRefType, {
    description: 'Whose. A new Telegram id or external id becomes a user.',
  })
  declare user: UserRefType;

  @Field(() => Int, {
    description:
      'Above the version that is saved: else SESSION_OUTDATED answers with what is there.',
  })
  declare version: number;

  @Field(() => String, { nullable: true, description: 'As the bot writes it: "65K" or "65000".' })
  declare selectedEnergy?: string | null;

  @Field(() => String, { nullable: true, description: 'As the bot writes it: "1h".' })
  declare selectedDuration?: string | null;

  @Field(() => String, { nullable: true, description: 'The address that was chosen.' })
  declare selectedAddress?: string | null;

  @Field(() => String, { nullable: true, description: 'The cost that was shown, in TRX.' })
  declare computedCost?: string | null;

  @Field(() => String, { nullable: true, description: 'What the bot waits for the user to type.' })
  declare pendingInput?: string | null;

  @Field(() => String, { nullable: true, description: 'The address’s balance that was shown.' })
  declare addressBalance?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user has the balance shown on the page of buying.',
  })
  declare showBalanceInBuyPage?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The user’s last order in the bot.' })
  declare lastOrderId?: string | null;

  @Field(() => String, { nullable: true, description: 'The transaction id that was shown last.' })
  declare lastTransactionHash?: string | null;

  @Field(() => String, { nullable: true, description: 'When the last order was placed.' })
  declare lastOrderTime?: string | null;

  @Field(() => Json, {
    nullable: true,
    description: 'An object with what else the bot wants to find again; up to 8 KiB.',
  })
  declare more?: Readonly<Record<string, unknown>> | null;
}

/** A session as callers see it. */
export function botSessionOf({ version, state, savedAt }: SessionRow): BotSession {
  return { version, savedAt, ...state };
}
