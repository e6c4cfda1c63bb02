import { DomainError } from '../kernel/domain-error.ts';
import { formatAmount } from '../kernel/money.ts';

export class InsufficientStock extends DomainError {
  readonly code = 'INSUFFICIENT_STOCK';
  override readonly retryable = true;

  /** @param nextReturn when rented Energy next comes back, by the chain's clock */
  constructor(energy: bigint, available: bigint, nextReturn: Date | null) {
    const more = nextReturn
      ? `more comes back at ${nextReturn.toISOString()}`
      : 'none is rented out';
    super(`Only ${available.toString()} Energy are free now; ${more}.`, {
      field: 'input.energy',
      details: {
        energy: energy.toString(),
        available: available.toString(),
        nextReturnAt: nextReturn?.toISOString() ?? null,
      },
    });
  }
}

export class PriceChanged extends DomainError {
  readonly code = 'PRICE_CHANGED';

  constructor(price: bigint, maxPrice: bigint) {
    super(
      `The price is ${formatAmount(price)} TRX, above the given maximum of ${formatAmount(maxPrice)} TRX; ask for a new quote.`,
      {
        field: 'input.maxPrice',
        details: { price: formatAmount(price), maxPrice: formatAmount(maxPrice), currency: 'TRX' },
      },
    );
  }
}

export class SalesPaused extends DomainError {
  readonly code = 'SALES_PAUSED';
  override readonly retryable = true;

  constructor(reason: string) {
    super(`Orders are not accepted at the moment: ${reason}.`);
  }
}

export class AddressNotActivated extends DomainError {
  readonly code = 'ADDRESS_NOT_ACTIVATED';

  constructor(address: string) {
    super('This address is not activated on the chain yet: send it some TRX first.', {
      field: 'input.receiver',
      details: { address },
    });
  }
}

export class AddressIsContract extends DomainError {
  readonly code = 'ADDRESS_IS_CONTRACT';

  constructor(address: string) {
    super('This is the address of a contract, which cannot be given Energy.', {
      field: 'input.receiver',
      details: { address },
    });
  }
}

export class AddressIsOurs extends DomainError {
  readonly code = 'ADDRESS_IS_OURS';

  constructor(address: string) {
    super('This address belongs to the supplier; give the address that shall use the Energy.', {
      field: 'input.receiver',
      details: { address },
    });
  }
}

export class OrderNotCancellable extends DomainError {
  readonly code = 'ORDER_NOT_CANCELLABLE';

  constructor(state: string) {
    super(
      state === 'PENDING'
        ? 'The order is on its way to the chain and cannot be called back.'
        : `An order that is ${state} cannot be cancelled.`,
      { details: { state } },
    );
  }
}
