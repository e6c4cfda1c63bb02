import { DomainError } from '../kernel/domain-error.ts';

/** No address is watched that this user could pay to. */
export class NoDepositAddress extends DomainError {
  readonly code = 'NO_DEPOSIT_ADDRESS';

  constructor() {
    super(
      'No deposit address is set up: an administrator names one in the setting deposits.addresses, or an account key in deposits.accountKey.',
    );
  }
}

/** Too many requests of one user, or all amounts of this size are taken. */
export class TooManyRequests extends DomainError {
  readonly code = 'TOO_MANY_DEPOSIT_REQUESTS';
  override readonly retryable = true;
}
