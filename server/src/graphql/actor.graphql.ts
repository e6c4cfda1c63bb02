import { Field, ID, ObjectType } from 'type-graphql';
import type { StateChangeRow } from '../database/state-changes.ts';
import { type Actor, parseActor } from '../kernel/actor.ts';
import { enumeration } from './enumeration.ts';
import { DateTime } from './scalars.ts';

const ActorKind = enumeration<Actor['kind']>('ActorKind', 'What kind of somebody did it.', {
  OPERATOR: 'A person in the console.',
  API_CLIENT: 'A program with an API key.',
  SYSTEM: 'A part of the desk by itself.',
});

@ObjectType('Actor', { description: 'Who did something.' })
export class ActorType {
  @Field(() => ActorKind, { description: 'Person, program, or the desk itself.' })
  declare kind: Actor['kind'];

  @Field(() => ID, {
    nullable: true,
    description: 'Of the operator or API client; null for SYSTEM.',
  })
  declare id: string | null;

  @Field(() => String, { description: 'The name at the time.' })
  declare name: string;
}

@ObjectType({ description: 'One step of a thing from one state to the next.' })
export class StateChange {
  @Field(() => String, { nullable: true, description: 'The state before; null at the beginning.' })
  declare from: string | null;

  @Field(() => String, { description: 'The state from then on.' })
  declare to: string;

  @Field(() => ActorType, { description: 'Who changed it.' })
  declare actor: ActorType;

  @Field(() => String, { description: 'Why, in a few words.' })
  declare cause: string;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare at: Date;
}

/** A stored change of state as callers see it. */
export function stateChange({ from, to, actor, cause, at }: StateChangeRow): StateChange {
  return { from, to, actor: parseActor(actor), cause, at };
}
