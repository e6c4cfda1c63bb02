import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumeration } from '../graphql/enumeration.ts';
import { DateTime } from '../graphql/scalars.ts';
import type { HealthStatus } from './health-registry.ts';

const HealthStatusEnum = enumeration<HealthStatus>('HealthStatus', 'How something is.', {
  UP: 'It works.',
  DEGRADED: 'It works, but not as it should.',
  DOWN: 'It does not work.',
});

@ObjectType({ description: 'Something the desk leans on.' })
export class Dependency {
  @Field(() => String, { description: 'What: "database", "jobs", "nodes", …' })
  name!: string;

  @Field(() => HealthStatusEnum, { description: 'How it is.' })
  status!: HealthStatus;

  @Field(() => String, { nullable: true, description: 'What was found, in a sentence.' })
  detail!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How long it took to answer, in milliseconds.',
  })
  latencyMs!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was asked.' })
  checkedAt!: Date | null;
}

@ObjectType({ description: 'One TRON node.' })
export class NodeHealth {
  @Field(() => String, { description: 'Its address, without a key.' })
  url!: string;

  @Field(() => HealthStatusEnum, {
    description: 'UP nodes are asked, DEGRADED ones when none is UP, DOWN ones never.',
  })
  status!: HealthStatus;

  @Field(() => Int, { nullable: true, description: 'Number of its newest block.' })
  head!: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of its newest solid block.' })
  solid!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it has this status.' })
  detail!: string | null;

  @Field(() => DateTime, { description: 'Since when it has this status, as this process saw it.' })
  since!: Date;

  @Field(() => Float, {
    nullable: true,
    description: 'How long its last check took, in milliseconds.',
  })
  latencyMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Requests sent to it since this process started.',
  })
  requests!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How often it said "too much" (HTTP 403, 429, 503, or its own limiter).',
  })
  rateLimited!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Requests that were held back: its limit was reached, or it had asked for a rest.',
  })
  held!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds for which it is left alone because it said "too much"; 0 when not.',
  })
  restMs!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that could be sent to it at once now; null when it has no limit.',
  })
  tokens!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that it bears at once after a rest; null when it has no limit.',
  })
  burst!: number | null;
}

@ObjectType({ description: 'What one node says about a height.' })
export class NodeSaying {
  @Field(() => String, { description: 'Its address, without a key.' })
  node!: string;

  @Field(() => String, { description: 'Id of its solid block there, 64 hexadecimal digits.' })
  id!: string;
}

@ObjectType({
  description:
    'Nodes that show different solid blocks. Orders are sent and delivered all the same; nothing is proved final until the nodes agree.',
})
export class NodeDisagreement {
  @Field(() => Int, { description: 'The lowest height at which they are known to differ.' })
  number!: number;

  @Field(() => [NodeSaying], { description: 'What each of them says.' })
  sayings!: readonly NodeSaying[];

  @Field(() => DateTime, { description: 'Since when, as this process saw it.' })
  since!: Date;
}

@ObjectType({ description: 'The chain as the nodes show it.' })
export class ChainHealth {
  @Field(() => String, { description: 'local, nile or mainnet.' })
  network!: string;

  @Field(() => Int, { nullable: true, description: 'Number of the newest block.' })
  head!: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of the newest block that is final.' })
  solid!: number | null;

  @Field(() => Int, { nullable: true, description: 'Blocks from the solid one to the head.' })
  lag!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Time of the newest block.' })
  headTime!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Energy that one staked TRX yields a day: decimal string with three places.',
  })
  energyPerTrx!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the chain’s parameters were read last; null before the first time.',
  })
  parametersReadAt!: Date | null;

  @Field(() => [NodeHealth], { description: 'Every node, as configured.' })
  nodes!: readonly NodeHealth[];

  @Field(() => NodeDisagreement, {
    nullable: true,
    description: 'Where nodes contradict each other with no majority; null while they agree.',
  })
  disagreement!: NodeDisagreement | null;

  @Field(() => String, {
    nullable: true,
    description: 'Address of a block explorer; append /transaction/TXID or /address/ADDRESS.',
  })
  explorer!: string | null;
}

@ObjectType({ description: 'How the desk is.' })
export class Health {
  @Field(() => HealthStatusEnum, { description: 'DOWN when something essential is.' })
  status!: HealthStatus;

  @Field(() => String, { description: 'Version of the server.' })
  version!: string;

  @Field(() => DateTime, { description: 'When the answering process started.' })
  startedAt!: Date;

  @Field(() => [Dependency], { description: 'What it leans on.' })
  dependencies!: readonly Dependency[];

  @Field(() => ChainHealth, { description: 'The chain.' })
  chain!: ChainHealth;

  @Field(() => Boolean, { description: 'Whether new orders are taken.' })
  salesOpen!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why not: closed by people, or a chain on which delivery cannot be promised.',
  })
  salesClosedReason!: string | null;
}
