import type { EntityManager } from '../database/database.ts';
import { execute, queryOne } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { MAX_MICROS } from '../kernel/money.ts';
import type { UserStanding } from './user-row.ts';

const MAX_REASON = 500;
const MAX_TAGS = 20;
const MAX_TAG = 40;
const MOST_ORDERS = 1_000_000;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/**
 * Says what a user may do from now on. Orders already placed are delivered either way.
 * @returns the standing before
 * @throws BadInput without a reason
 */
export async function setStanding(
  em: EntityManager,
  actor: Actor,
  userId: string,
  standing: UserStanding,
  reason: string,
): Promise<UserStanding | undefined> {
  const why = readReason(reason);
  const before = await queryOne<{ standing: UserStanding }>(
    em,
    'select standing from users where id = $1 for no key update',
    [userId],
  );
  await execute(
    em,
    `update users set standing = $2, standing_reason = $3, standing_by = $4, standing_at = desk_now()
     where id = $1`,
    [userId, standing, why, formatActor(actor)],
  );
  return before?.standing;
}

/** A user's own limits; null gives the settings the word again. */
export interface OwnLimits {
  readonly ordersPerDay: number | null;
  readonly spendPerDaySun: bigint | null;
}

/** @throws BadInput when a limit is not above 0 */
export async function setLimits(
  em: EntityManager,
  userId: string,
  { ordersPerDay, spendPerDaySun }: OwnLimits,
): Promise<void> {
  if (ordersPerDay !== null && (ordersPerDay < 1 || ordersPerDay > MOST_ORDERS)) {
    throw new BadInput(`Allow 1 to ${MOST_ORDERS} orders in 24 hours, or null for the usual.`, {
      field: 'input.ordersPerDay',
    });
  }
  if (spendPerDaySun !== null && (spendPerDaySun <= 0n || spendPerDaySun > MAX_MICROS)) {
    throw new BadInput('Allow an amount above 0 in 24 hours, or null for the usual.', {
      field: 'input.spendPerDay',
    });
  }
  await execute(
    em,
    'update users set limit_orders_per_day = $2, limit_spend_per_day = $3 where id = $1',
    [userId, ordersPerDay, spendPerDaySun],
  );
}

/**
 * Replaces the user's tags: trimmed, each once, in the order of the alphabet.
 * @throws BadInput when there are more than 20, or one is empty or has over 40 characters
 */
export async function setTags(
  em: EntityManager,
  userId: string,
  tags: readonly string[],
): Promise<string[]> {
  const clean = [...new Set(tags.map((tag) => tag.trim()))].sort();
  if (clean.length > MAX_TAGS || clean.some((tag) => !isPrintable(tag, MAX_TAG))) {
    throw new BadInput(`Give up to ${MAX_TAGS} tags of 1 to ${MAX_TAG} printable characters.`, {
      field: 'input.tags',
    });
  }
  await execute(em, 'update users set tags = $2::text[] where id = $1', [userId, clean]);
  return clean;
}

/** @throws BadInput when it is no language tag like "zh" or "en-US" */
export async function setLanguage(
  em: EntityManager,
  userId: string,
  language: string | null,
): Promise<void> {
  if (language !== null && !LANGUAGE.test(language)) {
    throw new BadInput('Give a language tag like "zh", "en" or "zh-Hant", or null.', {
      field: 'input.language',
    });
  }
  await execute(em, 'update users set language = $2 where id = $1', [userId, language]);
}

/** A reason as it is kept. @throws BadInput unless it has 1 to 500 characters */
export function readReason(text: string, field = 'input.reason'): string {
  const reason = text.trim();
  if (reason === '' || reason.length > MAX_REASON) {
    throw new BadInput(`Say why, in 1 to ${MAX_REASON} characters.`, { field });
  }
  return reason;
}

function isPrintable(text: string, most: number): boolean {
  return text.length > 0 && text.length <= most && !/\p{C}/u.test(text);
}
