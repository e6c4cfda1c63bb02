import { MAX_MICROS } from '../kernel/money.ts';
import { amount, type SettingDefinition, whole } from './setting-definition.ts';

/** How chain and books are compared, and what sets the safe mode by itself. */
export const SAFETY_SETTINGS = {
  'inspection.everySeconds': whole(
    1,
    3_600,
    'seconds',
    10,
    'How often a wallet’s delegations on chain are compared with the books: one wallet at a time, in turn.',
  ),
  'inspection.pairsPerLook': whole(
    1,
    500,
    'receivers',
    40,
    'How many receivers of a wallet are compared at each look; each costs one call to a node.',
  ),
  'safety.checkSeconds': whole(
    5,
    3_600,
    'seconds',
    30,
    'How often the invariants are checked that set the safe mode by themselves.',
  ),
  'safety.fullBooksHours': whole(
    1,
    168,
    'hours',
    24,
    'How often the whole books are recomputed. Between, only what is new in them is.',
  ),
  'safety.driftToleranceSun': amount(
    0n,
    MAX_MICROS,
    'sun',
    '100000000',
    'How far the sum that a wallet has delegated may differ from the books, before the wallet is refused by the safe mode.',
  ),
  'safety.refundOrders': whole(
    5,
    1_000,
    'orders',
    20,
    'How many of the last orders the share of failed ones is taken from.',
  ),
  'safety.refundPercent': whole(
    1,
    100,
    '%',
    60,
    'What share of those orders has to have failed before the safe mode refuses more.',
  ),
} as const satisfies Record<string, SettingDefinition>;
