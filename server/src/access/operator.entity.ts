import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Role } from './roles.ts';

/** Somebody who works in the console. */
@Entity({ tableName: 'operators' })
export class Operator {
  @PrimaryKey({ type: 'uuid' })
  readonly id: string;

  /** Lower case; names the operator when signing in. */
  @Property({ type: 'text' })
  readonly email: string;

  @Property({ type: 'text' })
  readonly name: string;

  /** argon2id in its PHC form; never leaves this room. */
  @Property({ type: 'text', hidden: true })
  passwordHash: string;

  @Property({ type: ArrayType, columnType: 'text[]' })
  readonly roles: Role[];

  /** The password is still the one that was given out. */
  @Property({ type: 'boolean' })
  mustChangePassword = true;

  @Property({ type: 'boolean' })
  readonly active: boolean = true;

  @Property({ columnType: 'timestamptz', type: 'datetime' })
  readonly createdAt: Date;

  @Property({ columnType: 'timestamptz', type: 'datetime', nullable: true })
  lastSignInAt: Date | null = null;

  constructor(
    given: Pick<Operator, 'id' | 'email' | 'name' | 'passwordHash' | 'roles' | 'createdAt'>,
  ) {
    this.id = given.id;
    this.email = given.email;
    this.name = given.name;
    this.passwordHash = given.passwordHash;
    this.roles = given.roles;
    this.createdAt = given.createdAt;
  }
}
