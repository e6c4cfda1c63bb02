import { DomainError } from '../kernel/domain-error.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';

export class UnknownUser extends DomainError {
  readonly code = 'UNKNOWN_USER';

  constructor(field = 'input.user') {
    super('There is no such user.', { field });
  }
}

export class UserBlocked extends DomainError {
  readonly code = 'USER_BLOCKED';

  constructor(field = 'input.user') {
    super('This user is blocked and can place no orders; support can tell why.', { field });
  }
}

export class InsufficientBalance extends DomainError {
  readonly code = 'INSUFFICIENT_BALANCE';

  /** Both in micro-units. */
  constructor(required: bigint, available: bigint, currency: Currency, field?: string) {
    super(
      `The balance is short: ${formatAmount(required)} ${currency} are needed and ${formatAmount(available)} ${currency} are available.`,
      {
        ...(field !== undefined && { field }),
        details: {
          required: formatAmount(required),
          available: formatAmount(available),
          currency,
        },
      },
    );
  }
}
