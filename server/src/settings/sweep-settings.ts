import { MAX_MICROS } from '../kernel/money.ts';
import { amount, type SettingDefinition } from './setting-definition.ts';

/** When what users' own deposit addresses hold is worth bringing to the treasury. */
export const SWEEP_SETTINGS = {
  'sweeps.minimumSun': amount(
    1n,
    MAX_MICROS,
    'sun',
    '20000000',
    'From how many TRX on a deposit address a sweep is worth it.',
  ),
  'sweeps.minimumMicroUsdt': amount(
    1n,
    MAX_MICROS,
    'micro-USDT',
    '50000000',
    'From how many USDT on a deposit address a sweep is worth it. Without Energy of its own each costs about 6.5 TRX, and 1.1 more for an address that does not exist yet.',
  ),
} as const satisfies Record<string, SettingDefinition>;
