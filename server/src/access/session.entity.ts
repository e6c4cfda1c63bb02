import { BlobType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One browser in which an operator is signed in. */
@Entity({ tableName: 'sessions' })
export class Session {
  @PrimaryKey({ type: 'uuid' })
  readonly id: string;

  @Property({ type: 'uuid' })
  readonly operatorId: string;

  /** SHA-256 of the cookie's token: who reads the table cannot sign in with it. */
  @Property({ type: BlobType, hidden: true })
  readonly tokenHash: Buffer;

  @Property({ type: BlobType, hidden: true })
  readonly csrfHash: Buffer;

  @Property({ columnType: 'timestamptz', type: 'datetime' })
  readonly createdAt: Date;

  @Property({ columnType: 'timestamptz', type: 'datetime' })
  readonly lastSeenAt: Date;

  /** Moves on with each use. */
  @Property({ columnType: 'timestamptz', type: 'datetime' })
  readonly expiresAt: Date;

  @Property({ columnType: 'timestamptz', type: 'datetime', nullable: true })
  readonly endedAt: Date | null = null;

  @Property({ type: 'text', nullable: true })
  readonly remoteAddress: string | null;

  @Property({ type: 'text', nullable: true })
  readonly userAgent: string | null;

  constructor(given: Omit<Session, 'endedAt' | 'lastSeenAt'>) {
    this.id = given.id;
    this.operatorId = given.operatorId;
    this.tokenHash = given.tokenHash;
    this.csrfHash = given.csrfHash;
    this.createdAt = given.createdAt;
    this.lastSeenAt = given.createdAt;
    this.expiresAt = given.expiresAt;
    this.remoteAddress = given.remoteAddress;
    this.userAgent = given.userAgent;
  }
}
