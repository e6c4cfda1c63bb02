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
  /** Why it is so; null while nobody has changed it. */
  readonly standingReason: string | null;
  readonly standingAt: Date | null;
  /** The actor as written. */
  readonly standingBy: string | null;
  readonly tags: readonly string[];
  /** The user's own limit on orders in 24 hours; null where the settings decide. */
  readonly ordersPerDay: number | null;
  /** The user's own limit on sun spent in 24 hours; null where the settings decide. */
  readonly spendPerDaySun: bigint | null;
  readonly language: string | null;
  readonly createdAt: Date;
  /** Within a minute. */
  readonly lastSeenAt: Date | null;
}

/** Select list of a {@link UserRow} over `users u`. */
export const USER_COLUMNS = `
  u.id, u.telegram_id as "telegramId", u.client_id as "clientId", u.external_id as "externalId",
  u.standing, u.standing_reason as "standingReason", u.standing_at as "standingAt",
  u.standing_by as "standingBy", u.tags, u.limit_orders_per_day as "ordersPerDay",
  u.limit_spend_per_day as "spendPerDaySun",
  u.language, u.created_at as "createdAt", u.last_seen_at as "lastSeenAt"`;
