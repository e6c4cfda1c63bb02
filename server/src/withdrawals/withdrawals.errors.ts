import { DomainError } from '../kernel/domain-error.ts';
import { type Currency, formatAmount } from '../kernel/money.ts';

export class PayoutNotPossible extends DomainError {
  readonly code = 'PAYOUT_NOT_POSSIBLE';
}

export class PayeeIsContract extends DomainError {
  readonly code = 'ADDRESS_IS_CONTRACT';

  constructor(field: string) {
    super('This address is a contract. Name an address whose key is yours.', { field });
  }
}

export class PayeeIsOurs extends DomainError {
  readonly code = 'ADDRESS_IS_OURS';

  constructor(field: string) {
    super('This address is one of the desk’s own: nothing is paid out to it.', { field });
  }
}

export class UserMayNotWithdraw extends DomainError {
  readonly code = 'USER_BLOCKED';

  constructor() {
    super('This user is blocked, so nothing is paid out; support can tell why.', {
      field: 'input.user',
    });
  }
}

export class NeedsSecondPerson extends DomainError {
  readonly code = 'FORBIDDEN';

  constructor() {
    super('You have asked for this withdrawal yourself: somebody else has to approve it.', {
      field: 'input.id',
      details: { reason: 'SECOND_PERSON' },
    });
  }
}

export class LimitExceeded extends DomainError {
  readonly code = 'LIMIT_EXCEEDED';

  /** @param limit in micro-units; `which` names it for programs */
  constructor(
    which: 'minimum' | 'maximum' | 'daily' | 'fee',
    sentence: string,
    limit: bigint,
    currency: Currency,
  ) {
    super(sentence, {
      field: 'input.amount',
      details: { which, limit: formatAmount(limit), currency },
    });
  }
}
