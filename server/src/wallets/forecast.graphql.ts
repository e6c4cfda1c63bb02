import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime, Energy } from '../graphql/scalars.ts';

@ObjectType({
  description:
    'What can be expected at one moment if nothing more is sold, in Energy a day. `free`, `idle`, `keptBack`, `reserved`, `rented`, `recovering` and `unstaking` add up to `staked`, but for rounding.',
})
export class ForecastPoint {
  @Field(() => DateTime, { description: 'Chain time.' })
  declare at: Date;

  @Field(() => Energy, { description: 'Of all stake.' })
  declare staked: bigint;

  @Field(() => Energy, {
    description: 'Can be sold, if buyers use nothing of what they have rented: at most this.',
  })
  declare free: bigint;

  @Field(() => Energy, {
    description:
      'Can be sold, if every buyer uses all just before his time ends, and it then recovers over a day: about the least.',
  })
  declare freeIfUsed: bigint;

  @Field(() => Energy, { description: 'Free, but of wallets that do not sell now.' })
  declare idle: bigint;

  @Field(() => Energy, { description: 'Free, but kept back from orders.' })
  declare keptBack: bigint;

  @Field(() => Energy, {
    description: 'Promised and not delivered; from the second point on it counts as rented.',
  })
  declare reserved: bigint;

  @Field(() => Energy, { description: 'Delivered and not taken back.' })
  declare rented: bigint;

  @Field(() => Energy, { description: 'Used up and not recovered yet.' })
  declare recovering: bigint;

  @Field(() => Energy, { description: 'Being unstaked; it does not come back.' })
  declare unstaking: bigint;

  @Field(() => Energy, { description: 'Taken back since the point before.' })
  declare returning: bigint;
}

@ObjectType({
  description:
    'What the pool, or one wallet, will have free: rentals end and are taken back about two minutes later, promises are delivered and end, usage recovers over the chain’s window. Stake that is being unstaked has gone already. The chain’s ratio is taken to stay as it is.',
})
export class EnergyForecast {
  @Field(() => DateTime, { description: 'Chain time of the first point: the last solid block.' })
  declare from: Date;

  @Field(() => Int, { description: 'Minutes between two points.' })
  declare stepMinutes: number;

  @Field(() => [ForecastPoint], { description: 'In order of time, 300 at most; the first is now.' })
  declare points: readonly ForecastPoint[];
}
