import { ArrayNotEmpty, IsEmail, MaxLength, MinLength } from 'class-validator';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../graphql/scalars.ts';
import { RoleEnum } from './role.graphql.ts';
import type { Role } from './roles.ts';

@ObjectType('Operator', { description: 'Somebody who works in the console.' })
export class OperatorType {
  @Field(() => ID, { description: 'Never changes.' })
  declare id: string;

  @Field(() => String, { description: 'The e-mail address that the operator signs in with.' })
  declare email: string;

  @Field(() => String, { description: 'The name that others see.' })
  declare name: string;

  @Field(() => [RoleEnum], { description: 'What the operator may do.' })
  declare roles: Role[];

  @Field(() => Boolean, {
    description: 'Whether the password must be changed before anything else is allowed.',
  })
  declare mustChangePassword: boolean;

  @Field(() => Boolean, { description: 'Whether the operator may sign in.' })
  declare active: boolean;

  @Field(() => DateTime, { description: 'When the operator was added.' })
  declare createdAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The last sign-in; null before the first.',
  })
  declare lastSignInAt: Date | null;
}

@InputType({ description: 'A new operator.' })
export class CreateOperatorInput {
  @Field(() => String, { description: 'The e-mail address to sign in with, unique.' })
  @IsEmail({}, { message: 'Write an e-mail address.' })
  @MaxLength(254, { message: 'Use at most 254 characters.' })
  declare email: string;

  @Field(() => String, { description: 'The name that others see, 1 to 80 characters.' })
  @MinLength(1, { message: 'Give a name.' })
  @MaxLength(80, { message: 'Use at most 80 characters.' })
  declare name: string;

  @Field(() => [RoleEnum], { description: 'At least one; BOT is for API keys.' })
  @ArrayNotEmpty({ message: 'Give at least one role.' })
  declare roles: Role[];
}

@ObjectType({ description: 'The new operator and its first password.' })
export class CreateOperatorPayload {
  @Field(() => OperatorType, { description: 'The new operator.' })
  declare operator: OperatorType;

  @Field(() => String, {
    description: 'The first password, shown this once; it must be changed at the first sign-in.',
  })
  declare password: string;
}
