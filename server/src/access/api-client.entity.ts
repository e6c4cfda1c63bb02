import { ArrayType, BlobType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Role } from './roles.ts';

/** A program with an API key: the bot, a partner. */
@Entity({ tableName: 'api_clients' })
export class ApiClient {
  @PrimaryKey({ type: 'uuid' })
  readonly id: string;

  @Property({ type: 'text' })
  readonly name: string;

  @Property({ type: ArrayType, columnType: 'text[]' })
  readonly roles: Role[];

  /** What people recognise the key by: `edk_1a2b3c4d`. */
  @Property({ type: 'text' })
  readonly keyPrefix: string;

  /** SHA-256 of the whole key. */
  @Property({ type: BlobType, hidden: true })
  readonly keyHash: Buffer;

  @Property({ columnType: 'timestamptz', type: 'datetime' })
  readonly createdAt: Date;

  @Property({ type: 'text' })
  readonly createdBy: string;

  @Property({ columnType: 'timestamptz', type: 'datetime', nullable: true })
  readonly lastUsedAt: Date | null = null;

  @Property({ columnType: 'timestamptz', type: 'datetime', nullable: true })
  revokedAt: Date | null = null;

  constructor(given: Omit<ApiClient, 'lastUsedAt' | 'revokedAt'>) {
    this.id = given.id;
    this.name = given.name;
    this.roles = given.roles;
    this.keyPrefix = given.keyPrefix;
    this.keyHash = given.keyHash;
    this.createdAt = given.createdAt;
    this.createdBy = given.createdBy;
  }
}
