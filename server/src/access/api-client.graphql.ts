import { ArrayNotEmpty, MaxLength, MinLength } from 'class-validator';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';
import { RoleEnum } from './role.graphql.ts';
import type { Role } from './roles.ts';

@ObjectType('ApiClient', { description: 'A program with an API key: the bot, a partner.' })
export class ApiClientType {
  @Field(() => ID, { description: 'Never changes.' })
  declare id: string;

  @Field(() => String, { description: 'What the program is called.' })
  declare name: string;

  @Field(() => [RoleEnum], { description: 'What the program may do.' })
  declare roles: Role[];

  @Field(() => String, { description: 'The beginning of its key, to recognise it by.' })
  declare keyPrefix: string;

  @Field(() => DateTime, { description: 'When the key was made.' })
  declare createdAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the key was last used, to the minute; null when never.',
  })
  declare lastUsedAt: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the key is not valid any more; null while it is.',
  })
  declare revokedAt: Date | null;
}

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What the program is called, 1 to 80 characters.' })
  @MinLength(1, { message: 'Give a name.' })
  @MaxLength(80, { message: 'Use at most 80 characters.' })
  declare name: string;

  @Field(() => [RoleEnum], { description: 'At least one; ADMIN is for operators.' })
  @ArrayNotEmpty({ message: 'Give at least one role.' })
  declare roles: Role[];
}

@ObjectType({ description: 'The new API client and its key.' })
export class CreateApiKeyPayload {
  @Field(() => ApiClientType, { description: 'The new API client.' })
  declare client: ApiClientType;

  @Field(() => String, {
    description: 'The whole key, shown this once: send it as `Authorization: Bearer …`.',
  })
  declare key: string;
}
