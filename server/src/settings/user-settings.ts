import { MAX_MICROS } from '../kernel/money.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';

/** How much one user may buy, where the user has no limits of its own. */
export const USER_SETTINGS = {
  'users.ordersPerDay': whole(
    0,
    1_000_000,
    'orders',
    0,
    'How many orders a user may place in any 24 hours, without those whose money came back; 0 is without a limit.',
  ),
  'users.spendPerDaySun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '0',
    'How much a user may spend on orders in any 24 hours; 0 is without a limit.',
  ),
  'users.limitedOrdersPerDay': whole(
    0,
    1_000_000,
    'orders',
    5,
    'The same number for users whose standing is LIMITED; 0 is without a limit.',
  ),
  'users.limitedSpendPerDaySun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '100000000',
    'The same sum for users whose standing is LIMITED; 0 is without a limit.',
  ),
} as const satisfies Record<string, SettingDefinition>;
