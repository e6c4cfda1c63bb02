import { DomainError } from '../kernel/domain-error.ts';

/** The text is no TRON address; the message says in which way. */
export class BadAddress extends DomainError {
  readonly code = 'BAD_ADDRESS';
}

/** The text is no secp256k1 private key. Neither message nor details ever hold it. */
export class BadPrivateKey extends DomainError {
  readonly code = 'BAD_PRIVATE_KEY';
}
