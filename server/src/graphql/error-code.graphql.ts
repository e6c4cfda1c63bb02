import { registerEnumType } from 'type-graphql';
import { ErrorCode } from '../kernel/error-code.ts';

const descriptions: Readonly<Record<ErrorCode, string>> = {
  BAD_INPUT: 'A value that was sent cannot be used; `field` names it.',
  BAD_REQUEST: 'The request is no valid GraphQL over HTTP: syntax, unknown field, malformed JSON.',
  PAYLOAD_TOO_LARGE: 'The request body has more bytes than are read.',
  QUERY_TOO_EXPENSIVE: 'The query asks for too much at once; `details` has its cost and the limit.',
  RATE_LIMITED: 'Too many tries; `details.retryAfterSeconds` says when to come back.',
  UNAUTHENTICATED: 'Nobody is signed in, or the API key is unknown.',
  FORBIDDEN: 'The caller has no right to this.',
  NOT_FOUND: 'There is no such thing, or it is not the caller\u2019s.',
  CONFLICT: 'It clashes with something that is there already.',
  IDEMPOTENCY_CONFLICT: 'The same key was used before with other content.',
  ILLEGAL_STATE: 'The thing is in a state that does not allow it.',
  SERVICE_UNAVAILABLE: 'A part that the desk needs is away for the moment. Try again.',
  CHAIN_UNAVAILABLE: 'No TRON node gave a usable answer in time. Try again.',
  INTERNAL: 'Our own mistake; `incidentId` finds it in the log.',
  SIGN_IN_FAILED: 'E-mail address and password do not belong to an active operator.',
  SESSION_EXPIRED: 'The session is over. Sign in again.',
  API_KEY_REVOKED: 'The API key was revoked.',
  PASSWORD_TOO_WEAK: 'The new password would be easy to guess; the message says why.',
  BAD_ADDRESS: 'The text is no TRON address; the message says in which way.',
  ADDRESS_NOT_ACTIVATED: 'The receiver does not exist on chain yet.',
  ADDRESS_IS_CONTRACT: 'The receiver is a contract, which cannot be delegated to.',
  ADDRESS_IS_OURS: 'The receiver is one of the desk\u2019s own wallets.',
  ENERGY_OUT_OF_RANGE: 'The Energy is below the least or above the most that is sold.',
  UNKNOWN_DURATION: 'This duration is not sold; `offer` lists those that are.',
  UNKNOWN_USER: 'No such user.',
  USER_BLOCKED: 'The user may not buy.',
  USER_LIMIT_REACHED:
    'The user has reached a limit of the last 24 hours; `details` has `limit`, `most` and `used`.',
  SESSION_OUTDATED:
    'A session of this version or a higher one is saved already; `details.session` has it.',
  INSUFFICIENT_BALANCE: 'The user\u2019s available balance does not cover the price.',
  INSUFFICIENT_STOCK: 'The pool has not enough free Energy at the moment.',
  PRICE_CHANGED: 'The price is above the `maxPrice` that was sent.',
  SALES_PAUSED: 'The desk sells nothing at the moment.',
  ORDER_NOT_CANCELLABLE: 'The order is beyond the point where it can be cancelled.',
  DELIVERY_TIMED_OUT: 'The order could not be delivered before its deadline.',
  BAD_PRIVATE_KEY: 'The text is no private key, or it does not belong to the account.',
  WALLET_WITHOUT_STAKE: 'The wallet has no stake that could be sold.',
  WALLET_EXISTS: 'The wallet is in the pool already.',
  WALLET_NOT_OBSERVED: 'The wallet was not looked at on the chain yet; it is within a minute.',
  WALLET_BALANCE_TOO_LOW:
    'The wallet\u2019s TRX do not cover it, beside what is under way and the reserve for fees.',
  STAKE_NOT_FREE: 'The stake is promised, delegated, recovering, or not there.',
  NO_DEPOSIT_ADDRESS: 'No deposit address is set up for the user.',
  TOO_MANY_DEPOSIT_REQUESTS:
    'The user has as many open deposit requests as allowed, or all amounts of this size are taken.',
  RATE_UNAVAILABLE:
    'There is no fresh rate between TRX and USDT, so nothing is converted. Try again in a minute.',
  RATE_CHANGED: 'The conversion would give less than the `minReceived` that was sent.',
  LIMIT_EXCEEDED: 'It is below the least or above the most that is allowed; `details` says which.',
  PAYOUT_NOT_POSSIBLE: 'The desk cannot pay this out; the message says what is possible.',
};

/** Makes the codes an enum of the schema. Runs once. */
export function registerErrorCode(): void {
  registerEnumType(ErrorCode, {
    name: 'ErrorCode',
    description: 'Every code that `extensions.code` of an error, or a failure, can have.',
    valuesConfig: Object.fromEntries(
      Object.entries(descriptions).map(([code, description]) => [code, { description }]),
    ),
  });
}
