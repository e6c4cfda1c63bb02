/** Why the signer does not sign. */
export type RefusalCode =
  | 'HALTED'
  | 'BAD_REQUEST'
  | 'BAD_TRANSACTION'
  | 'KEY_UNUSABLE'
  | 'EFFECT_NOT_ALLOWED'
  | 'OWNER_MISMATCH'
  | 'OWNER_NOT_ALLOWED'
  | 'PERMISSION_MISMATCH'
  | 'EXPIRATION_TOO_FAR'
  | 'CONTRACT_NOT_ALLOWED'
  | 'FEE_LIMIT'
  | 'RECEIVER_DENIED'
  | 'RECEIVER_NOT_ALLOWED'
  | 'TIMESTAMP_USED'
  | 'RATE_LIMIT'
  | 'AMOUNT_LIMIT'
  | 'PAYOUT_LIMIT'
  | 'INTERNAL';

/** The signer's no, with a sentence for people and never a secret. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The signer cannot start; the message says in a sentence what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
