import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ActorType } from '../graphql/actor.graphql.ts';
import { enumeration } from '../graphql/enumeration.ts';
import { PageInfo } from '../graphql/connection.ts';
import { DateTime, Json } from '../graphql/scalars.ts';
import type { SafeMode, SafeModeScope, SafeModeSource } from './safe-mode.ts';

export const SafeModeEnum = enumeration<SafeMode>(
  'SafeMode',
  'What happens to orders and to what they give away. Whatever brings Energy back always goes on.',
  {
    ACCEPT: 'Everything as usual.',
    QUEUE:
      'Orders are taken and paid and stay PENDING: nothing is delegated until it is lifted. One that is not delivered by its deadline fails and is refunded as always. Of a wallet: nothing of it is delegated.',
    REFUSE:
      'As QUEUE, and new orders and quotes are refused with SALES_PAUSED. Of a wallet: as QUEUE, and new orders go to other wallets.',
  },
);

export const SafeModeScopeEnum = enumeration<SafeModeScope>(
  'SafeModeScope',
  'What a safe mode is about.',
  {
    ALL: 'Everything that the desk sells.',
    PRODUCT: 'One product; the subject is its name.',
    WALLET: 'One wallet; the subject is its id.',
  },
);

const SafeModeSourceEnum = enumeration<SafeModeSource>(
  'SafeModeSource',
  'Who says so. Each has a word of its own, and the strictest holds.',
  {
    PERSON: 'Somebody, by hand.',
    BOOKS: 'The check of the books found that they do not balance.',
    DRIFT: 'The chain has another sum delegated than the books, beyond the tolerance.',
    REFUNDS: 'Too many of the last orders failed.',
    NODES: 'The TRON nodes disagree; lifted by itself once they agree.',
  },
);

@ObjectType({ description: 'What one source says about one subject, and why.' })
abstract class SafeModeWord {
  @Field(() => SafeModeScopeEnum, { description: 'What it is about.' })
  declare scope: SafeModeScope;

  @Field(() => String, {
    nullable: true,
    description: 'Null for ALL, `ENERGY_RENTAL` for the rental of Energy, or a wallet’s id.',
  })
  declare subject: string | null;

  @Field(() => SafeModeSourceEnum, { description: 'Whose word it is.' })
  declare source: SafeModeSource;

  @Field(() => String, { description: 'Why; those whose orders are refused read it too.' })
  declare reason: string;

  @Field(() => Json, {
    nullable: true,
    description: 'What an invariant’s check has found; null for a person’s word.',
  })
  declare evidence: unknown;

  @Field(() => ActorType, { description: 'Who set it.' })
  declare actor: ActorType;

  @Field(() => DateTime, { description: 'When it was said, by the database’s clock.' })
  declare at: Date;
}

@ObjectType({ description: 'One source’s word about one subject that is stricter than ACCEPT.' })
export class SafeModeEntry extends SafeModeWord {
  @Field(() => SafeModeEnum, { description: 'What it asks for.' })
  declare mode: SafeMode;
}

@ObjectType({ description: 'The last check of what must always hold.' })
export class InvariantCheck {
  @Field(() => SafeModeSourceEnum, { description: 'Which check.' })
  declare name: SafeModeSource;

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  declare checkedAt: Date;

  @Field(() => Boolean, { description: 'Whether it held.' })
  declare holds: boolean;

  @Field(() => String, { nullable: true, description: 'What was found; null while it holds.' })
  declare finding: string | null;
}

@ObjectType({ description: 'What the desk may do at the moment, and who has said so.' })
export class SafeModeState {
  @Field(() => String, { description: 'Grows with each change; a whole number as a string.' })
  declare version: string;

  @Field(() => SafeModeEnum, {
    description: 'For everything. Products and wallets may be stricter: see `entries`.',
  })
  declare mode: SafeMode;

  @Field(() => String, { nullable: true, description: 'Why; null while `mode` is ACCEPT.' })
  declare reason: string | null;

  @Field(() => [SafeModeEntry], {
    description:
      'Every word that is stricter than ACCEPT, the latest first; none when all is well.',
  })
  declare entries: readonly SafeModeEntry[];

  @Field(() => DateTime, { description: 'When it last changed, by the database’s clock.' })
  declare updatedAt: Date;
}

@ObjectType({ description: 'One change of the safe mode.' })
export class SafeModeStep extends SafeModeWord {
  @Field(() => SafeModeEnum, { description: 'The word before.' })
  declare from: SafeMode;

  @Field(() => SafeModeEnum, { description: 'The word from then on.' })
  declare to: SafeMode;
}

@ObjectType({ description: 'A change of the safe mode in a list.' })
export class SafeModeStepEdge {
  @Field(() => String, { description: 'Its place in the list.' })
  declare cursor: string;

  @Field(() => SafeModeStep, { description: 'The change.' })
  declare node: SafeModeStep;
}

@ObjectType({ description: 'One page of the safe mode’s history, the latest first.' })
export class SafeModeHistory {
  @Field(() => [SafeModeStepEdge], { description: 'The page’s changes in order.' })
  declare edges: readonly SafeModeStepEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  declare pageInfo: PageInfo;
}

@ObjectType({ description: 'The safe mode has changed.' })
export class SafeModeChange {
  @Field(() => String, { description: 'Send it as `after` to go on from here without a gap.' })
  declare cursor: string;
}

@InputType({ description: 'What is set or lifted.' })
abstract class SafeModeInput {
  @Field(() => SafeModeScopeEnum, { description: 'What it is about.' })
  declare scope: SafeModeScope;

  @Field(() => String, {
    nullable: true,
    description: 'Left out for ALL; `ENERGY_RENTAL`, or a wallet’s id.',
  })
  declare subject?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A key of your own, up to 128 characters: the same change is then made once.',
  })
  declare clientId?: string | null;
}

@InputType({ description: 'A person’s word about everything, a product or a wallet.' })
export class SetSafeModeInput extends SafeModeInput {
  @Field(() => SafeModeEnum, {
    description: 'From now on. ACCEPT takes back what people set; see `liftSafeMode` for the rest.',
  })
  declare mode: SafeMode;

  @Field(() => String, {
    description: 'Why, 1 to 500 characters. Those whose orders are refused read it.',
  })
  declare reason: string;
}

@InputType({ description: 'What to release.' })
export class LiftSafeModeInput extends SafeModeInput {
  @Field(() => String, { description: 'Why it is safe again, 1 to 500 characters.' })
  declare reason: string;
}
