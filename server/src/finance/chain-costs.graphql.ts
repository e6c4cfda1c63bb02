import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Amount, DateTime } from '../graphql/scalars.ts';

@ObjectType({ description: 'What some of the pool’s transactions cost.' })
abstract class Costs {
  @Field(() => Amount, { description: 'TRX burnt.' })
  declare fee: bigint;

  @Field(() => Int, { description: 'Transactions.' })
  declare transactions: number;

  @Field(() => Float, {
    description: 'Bytes that staked or free bandwidth paid for, instead of TRX.',
  })
  declare bandwidth: number;
}

@ObjectType({ description: 'What the pool’s transactions cost in one piece of a period.' })
export class CostBucket extends Costs {
  @Field(() => DateTime, {
    description: 'When the piece begins; the first may begin before `from`.',
  })
  declare start: Date;
}

@ObjectType({ description: 'What the pool’s transactions with one contract of the chain cost.' })
export class ContractCosts extends Costs {
  @Field(() => String, {
    description: 'Name of the contract type, like DelegateResourceContract.',
  })
  declare contract: string;
}

@ObjectType({ description: 'What the transactions of one wallet cost.' })
export class WalletCosts extends Costs {
  /** Not in the schema. */
  declare walletId: string;
}

@ObjectType({
  description:
    'What the chain burnt for the pool’s solid transactions, by the time of their blocks. The ledger holds the same fees on the account desk.costs.chain.',
})
export class ChainCosts {
  @Field(() => Amount, { description: 'TRX burnt in the period.' })
  declare total: bigint;

  @Field(() => Int, { description: 'Transactions whose cost is known.' })
  declare transactions: number;

  @Field(() => Amount, { description: 'Part of the total that the desk did not send.' })
  declare foreign: bigint;

  @Field(() => Int, {
    description: 'Transactions of the period whose cost has not been read yet.',
  })
  declare unread: number;

  @Field(() => [CostBucket], {
    description: 'Every piece in order, empty ones too; at most 1,000.',
  })
  declare buckets: readonly CostBucket[];

  @Field(() => [ContractCosts], { description: 'The dearest first.' })
  declare byContract: readonly ContractCosts[];

  @Field(() => [WalletCosts], { description: 'The dearest first.' })
  declare byWallet: readonly WalletCosts[];
}
