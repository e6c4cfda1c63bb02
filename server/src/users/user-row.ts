export const USER_STANDINGS = ['ACTIVE', 'LIMITED', 'BLOCKED'] as const;
/** LIMITED users buy within tighter limits, BLOCKED ones not at all. */
export type UserStanding = (typeof USER_STANDINGS)[number];

/** A user as stored: known by a Telegram id, or as an API client's own user. */
export interface UserRow {
  readonly id: string;
  readonly telegramId: bigint | null;
  /** The API client in whose namespace `externalId` is. */
  readonly clientId: string | null;
  readonly externalId: string | null;
  readonly standing: UserStanding;
  readonly language: string | null;
  readonly createdAt: Date;
  /** Within a minute. */
  readonly lastSeenAt: Date | null;
}

/** Select list of a {@link UserRow} over `users u`. */
export const USER_COLUMNS = `
  u.id, u.telegram_id as "telegramId", u.client_id as "clientId", u.external_id as "externalId",
  u.standing, u.language, u.created_at as "createdAt", u.last_seen_at as "lastSeenAt"`;
