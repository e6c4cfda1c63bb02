import { ArrayMaxSize } from 'class-validator';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime, Json } from '../graphql/scalars.ts';

@ObjectType('Event', { description: 'Something that happened.' })
export class EventType {
  @Field(() => String, { description: 'Its place; send the last one as `after` to go on.' })
  declare cursor: string;

  @Field(() => String, {
    description:
      'What happened: `order.completed`, `order.progress`, `wallet.paused`, `inventory.changed`, \u2026',
  })
  declare kind: string;

  @Field(() => String, {
    description: 'What kind of thing it happened to: `order`, `wallet`, \u2026',
  })
  declare subjectKind: string;

  @Field(() => ID, { description: 'The id of the thing.' })
  declare subjectId: string;

  @Field(() => DateTime, { description: 'When, by the database\u2019s clock.' })
  declare at: Date;

  @Field(() => Json, { description: 'Facts for programs, by kind; amounts are decimal strings.' })
  declare payload: unknown;
}

@ObjectType({ description: 'Events in the order in which they became final.' })
export class EventConnection {
  @Field(() => [EventType], { description: 'The events, the oldest first.' })
  declare events: EventType[];

  @Field(() => String, {
    description: 'Send it as `after` to go on; where you were, when nothing was found.',
  })
  declare endCursor: string;

  @Field(() => Boolean, { description: 'Whether more are there already.' })
  declare hasMore: boolean;
}

@InputType({ description: 'Which events to read.' })
export class EventFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Exact kinds, or `order.*` for all of a family; at most 50.',
  })
  @ArrayMaxSize(50, { message: 'Name at most 50 kinds.' })
  declare kinds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Only about these things, by id; at most 200.',
  })
  @ArrayMaxSize(200, { message: 'Name at most 200 ids.' })
  declare subjectIds?: string[] | null;
}
