import { DomainError } from '../kernel/domain-error.ts';

export class WalletExists extends DomainError {
  readonly code = 'WALLET_EXISTS';

  constructor(address: string) {
    super('This wallet is in the pool already.', {
      field: 'input.privateKey',
      details: { address },
    });
  }
}

export class WalletWithoutStake extends DomainError {
  readonly code = 'WALLET_WITHOUT_STAKE';

  constructor(address: string, why: string) {
    super(`The account ${address} has nothing to sell: ${why}.`, { details: { address } });
  }
}
