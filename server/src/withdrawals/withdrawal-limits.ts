import type { Currency } from '../kernel/money.ts';
import type { SettingValues } from '../settings/catalogue.ts';

/** How large withdrawals of a currency may be, and what they cost; micro-units. */
export interface WithdrawalLimits {
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly userDaily: bigint;
  readonly deskDaily: bigint;
  /** More than this needs a person. */
  readonly approvalAbove: bigint;
  readonly fee: bigint;
}

/** What the settings say for a currency. */
export function withdrawalLimits(values: SettingValues, currency: Currency): WithdrawalLimits {
  if (currency === 'TRX') {
    return {
      minimum: values['withdrawals.minimumSun'],
      maximum: values['withdrawals.maximumSun'],
      userDaily: values['withdrawals.userDailySun'],
      deskDaily: values['withdrawals.deskDailySun'],
      approvalAbove: values['withdrawals.approvalAboveSun'],
      fee: values['withdrawals.feeSun'],
    };
  }
  return {
    minimum: values['withdrawals.minimumMicroUsdt'],
    maximum: values['withdrawals.maximumMicroUsdt'],
    userDaily: values['withdrawals.userDailyMicroUsdt'],
    deskDaily: values['withdrawals.deskDailyMicroUsdt'],
    approvalAbove: values['withdrawals.approvalAboveMicroUsdt'],
    fee: values['withdrawals.feeMicroUsdt'],
  };
}
