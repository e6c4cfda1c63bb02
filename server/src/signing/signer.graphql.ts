import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { DateTime } from '../graphql/scalars.ts';
import type { Actor } from '../kernel/actor.ts';

@ObjectType({ description: 'The journal of one signer, as a worker showed it last.' })
export class SignerJournal {
  @Field(() => ID, { description: 'Names the journal: the hash of its first line.' })
  declare id: string;

  @Field(() => String, { description: 'The worker that showed it last.' })
  declare worker: string;

  @Field(() => Float, { description: 'Lines that it had: signatures, halts, further files.' })
  declare entries: number;

  @Field(() => String, { description: 'Hash of its last line, which stands for all of them.' })
  declare hash: string;

  @Field(() => DateTime, { description: 'When; a worker that runs shows it every minute.' })
  declare seenAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Why its signer signed nothing then: by haltSigning, or by a file at the machine.',
  })
  declare haltedBecause: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was found wrong with it; resumeSigning gives such a journal up.',
  })
  declare brokenBecause: string | null;
}

@ObjectType({
  description:
    'What signs for the desk: a process of its own beside each worker, and its kill switch.',
})
export class Signer {
  @Field(() => String, {
    nullable: true,
    description:
      'Why nothing is signed; null when signing goes on. Orders wait meanwhile, until their deadline, and nothing is taken back.',
  })
  declare haltedBecause: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when; null where it goes on, or where a file at the machine stops it.',
  })
  declare haltedSince: Date | null;

  @Field(() => ActorType, {
    nullable: true,
    description: 'Who stopped it; null where it goes on, or where a file at the machine stops it.',
  })
  declare haltedBy: Actor | null;

  @Field(() => [SignerJournal], { description: 'The signers’ journals, the oldest first.' })
  declare journals: SignerJournal[];
}

@InputType({ description: 'Stops all signing.' })
export class HaltSigningInput {
  @Field(() => String, { description: 'Why, in 1 to 400 characters.' })
  declare reason: string;

  @Field(() => String, {
    description: 'A key of your own, 1 to 128 characters: the same again changes nothing more.',
  })
  declare clientId: string;
}

@InputType({ description: 'Lets the signers sign again.' })
export class ResumeSigningInput {
  @Field(() => String, { description: 'Why, in 1 to 400 characters.' })
  declare reason: string;

  @Field(() => String, {
    description: 'A key of your own, 1 to 128 characters: the same again changes nothing more.',
  })
  declare clientId: string;
}
