import { Field, ID, InputType, Int } from 'type-graphql';
import { AddressScalar, Amount } from '../graphql/scalars.ts';
import { ResourceEnum } from '../operations/operation.graphql.ts';
import type { Address } from '../chain/address.ts';
import type { Resource } from '../chain/transaction.ts';

/** What every command on a wallet's account says. */
@InputType({ description: 'A wallet’s account, and why something is done with it.' })
export class WalletCommandInput {
  @Field(() => ID, { description: 'Of the wallet.' })
  declare walletId: string;

  @Field(() => String, {
    description:
      'Your own name for this command, 1 to 100 characters: sent again, it answers with the operation that there is.',
  })
  declare clientId: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; kept with the operation.' })
  declare reason: string;
}

@InputType({ description: 'TRX of a wallet to be staked or unstaked.' })
export class StakeInput extends WalletCommandInput {
  @Field(() => Amount, { description: 'TRX, with at most six places; at least 1 to stake.' })
  declare amount: bigint;

  @Field(() => ResourceEnum, { defaultValue: 'ENERGY', description: 'What the stake yields.' })
  declare resource: Resource;
}

@InputType({ description: 'Votes for one witness.' })
export class VoteInput {
  @Field(() => AddressScalar, { description: 'The witness, as `witnesses` lists them.' })
  declare witness: Address;

  @Field(() => Int, { description: 'Whole TRX of voting power, 1 or more.' })
  declare count: number;
}

@InputType({ description: 'All votes of a wallet; they replace those that it has.' })
export class VoteForWitnessesInput extends WalletCommandInput {
  @Field(() => [VoteInput], {
    description: '1 to 30 witnesses; together at most the wallet’s voting power.',
  })
  declare votes: VoteInput[];
}

@InputType({ description: 'TRX from one wallet of the pool to another.' })
export class TransferInput extends WalletCommandInput {
  @Field(() => AddressScalar, {
    description:
      'Another wallet of the pool, or an address of the setting staking.treasuryAddresses.',
  })
  declare receiver: Address;

  @Field(() => Amount, { description: 'TRX, with at most six places.' })
  declare amount: bigint;
}

@InputType({ description: 'A chain operation to be called back.' })
export class CancelOperationInput {
  @Field(() => ID, { description: 'Of the operation.' })
  declare id: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters.' })
  declare reason: string;
}
