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

export class UserLimitReached extends DomainError {
  readonly code = 'USER_LIMIT_REACHED';
  override readonly retryable = true;

  static ofOrders(most: number, used: number): UserLimitReached {
    return new UserLimitReached(
      `This user may place ${most} orders in 24 hours and has placed ${used}: wait, or ask support for more.`,
      { limit: 'ordersPerDay', most, used },
    );
  }

  /** Both in sun. */
  static ofSpending(most: bigint, used: bigint): UserLimitReached {
    return new UserLimitReached(
      `This user may spend ${formatAmount(most)} TRX in 24 hours and has spent ${formatAmount(used)} TRX: wait, order less, or ask support for more.`,
      {
        limit: 'spendPerDay',
        most: formatAmount(most),
        used: formatAmount(used),
        currency: 'TRX',
      },
    );
  }

  private constructor(message: string, details: Readonly<Record<string, unknown>>) {
    super(message, { field: 'input.user', details });
  }
}

/** A bot's session was saved with a higher version, or with this one and other content. */
export class SessionOutdated extends DomainError {
  readonly code = 'SESSION_OUTDATED';

  constructor(session: Readonly<Record<string, unknown>> & { readonly version: number }) {
    super(
      `The session has version ${session.version} already: take it from \`details.session\` and save with a higher one.`,
      { field: 'input.version', details: { session } },
    );
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
