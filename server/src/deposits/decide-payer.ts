import type { Currency } from '../kernel/money.ts';
import type { IntentState } from './deposit-states.ts';
import type { Payment } from './payment.ts';

export const PAYER_RULES = ['OWN_ADDRESS', 'REQUEST', 'MEMO', 'SENDER'] as const;
/** How the payer of a deposit is known; OPERATOR where a person said so. */
export type MatchedBy = (typeof PAYER_RULES)[number] | 'OPERATOR';

export const UNCLAIMED_REASONS = [
  'UNKNOWN_PAYER',
  'AMBIGUOUS_SENDER',
  'LATE',
  'SHORT',
  'OVER',
  'PAID_TWICE',
  'BELOW_MINIMUM',
  'WRONG_TOKEN',
  'FROM_CONTRACT',
  'OWN_WALLET',
] as const;
export type UnclaimedReason = (typeof UNCLAIMED_REASONS)[number];

export type IgnoredWhy = 'ZERO_VALUE' | 'LOOK_ALIKE' | 'WRONG_TOKEN' | 'OUR_OWN';

/** A deposit that was asked for. */
export interface ExpectedDeposit {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string | null;
  readonly address: string;
  readonly currency: Currency;
  /** Micro-units, unique at its address as long as it is reserved. */
  readonly amount: bigint;
  readonly code: string;
  readonly state: IntentState;
  /** Chain times. */
  readonly createdMs: number;
  readonly expiresMs: number;
  /** Until when nobody else is given its amount. */
  readonly reservedMs: number;
}

/** What is known about a payment beyond itself. */
export interface PayerFacts {
  /** Whose own deposit address it went to. */
  readonly owner: string | null;
  /** The newest request with just this amount at this address that is not younger than the payment. */
  readonly request: ExpectedDeposit | null;
  /** The request that the memo names. */
  readonly memoRequest: ExpectedDeposit | null;
  /** The user that the memo names. */
  readonly memoUser: string | null;
  /** Those who keep the sender's address, or were credited for payments of it. */
  readonly senderUsers: readonly string[];
  /**
   * Who keeps the sender's address and was credited before for a payment that came from it and named
   * them: by their own address, a request, a memo or a person's word. To keep an address alone is no
   * proof: anybody can type it.
   */
  readonly provenSenders: readonly string[];
  /** Open requests at this address for nearly this amount. */
  readonly near: readonly ExpectedDeposit[];
  readonly fromOurWallet: boolean;
  /** Whether the desk itself sent it, for the fee of a sweep. */
  readonly isFuel: boolean;
  /** Whether the sender's address begins and ends as one that somebody keeps, and is another. */
  readonly looksLikeAnother: boolean;
}

export interface PayerRules {
  readonly byOwnAddress: boolean;
  readonly byIntent: boolean;
  readonly byMemo: boolean;
  readonly bySender: boolean;
  readonly sharedSenders: ReadonlySet<string>;
  readonly creditContracts: boolean;
  /** Of other tokens than USDT those whose transfers wait for a person; contracts, or `TRC10:<id>`. */
  readonly knownTokens: ReadonlySet<string>;
  /** Micro-units. */
  readonly minimum: Readonly<Record<Currency, bigint>>;
  readonly dust: bigint;
}

/** A user whose deposit it may be, and why one may think so. */
export interface Suggestion {
  readonly userId: string;
  readonly why: MatchedBy;
  readonly intentId: string | null;
}

export type Verdict =
  | { readonly kind: 'ignored'; readonly why: IgnoredWhy }
  | {
      readonly kind: 'credit';
      readonly userId: string;
      readonly matchedBy: MatchedBy;
      readonly request: ExpectedDeposit | null;
    }
  | {
      readonly kind: 'unclaimed';
      readonly reason: UnclaimedReason;
      readonly suggestions: readonly Suggestion[];
    };

interface Match {
  readonly userId: string;
  readonly matchedBy: MatchedBy;
  readonly request: ExpectedDeposit | null;
  /** Why it is not credited although somebody is found. */
  readonly problem: UnclaimedReason | null;
}

/**
 * Decides what becomes of a payment to a watched address: whose it is by the first rule that finds
 * somebody, or why a person has to say. It guesses nothing: whatever does not fit exactly waits.
 */
export function decidePayer(payment: Payment, facts: PayerFacts, rules: PayerRules): Verdict {
  if (payment.amount === 0n) return { kind: 'ignored', why: 'ZERO_VALUE' };
  const { currency } = payment;
  if (currency === null) {
    return payment.token !== null && rules.knownTokens.has(payment.token)
      ? unclaimed('WRONG_TOKEN', facts)
      : { kind: 'ignored', why: 'WRONG_TOKEN' };
  }
  if (payment.amount < rules.dust && facts.looksLikeAnother) {
    return { kind: 'ignored', why: 'LOOK_ALIKE' };
  }
  if (facts.isFuel) return { kind: 'ignored', why: 'OUR_OWN' };
  if (facts.fromOurWallet) return unclaimed('OWN_WALLET', facts);
  const match = findPayer(payment, facts, rules);
  if (payment.fromContract && !rules.creditContracts) {
    return unclaimed('FROM_CONTRACT', facts, match);
  }
  if (match?.problem) return unclaimed(match.problem, facts, match);
  if (payment.amount < rules.minimum[currency]) return unclaimed('BELOW_MINIMUM', facts, match);
  if (match) {
    const { userId, matchedBy, request } = match;
    return { kind: 'credit', userId, matchedBy, request };
  }
  return unclaimed(whyUnknown(payment, facts, rules), facts);
}

function findPayer(payment: Payment, facts: PayerFacts, rules: PayerRules): Match | null {
  const { owner, request, memoRequest, memoUser, senderUsers, provenSenders } = facts;
  if (rules.byOwnAddress && owner !== null) {
    // What was asked for at the user's own address is paid by it, however it came.
    const paid = request?.userId === owner && request.state !== 'PAID' ? request : null;
    return { userId: owner, matchedBy: 'OWN_ADDRESS', request: paid, problem: null };
  }
  if (rules.byIntent && request) {
    return matchOf('REQUEST', request, problemOf(payment, request));
  }
  if (rules.byMemo && memoRequest) {
    return matchOf('MEMO', memoRequest, problemOf(payment, memoRequest));
  }
  if (rules.byMemo && memoUser !== null) {
    return { userId: memoUser, matchedBy: 'MEMO', request: null, problem: null };
  }
  const [user, ...others] = senderUsers;
  if (!rules.bySender || rules.sharedSenders.has(payment.sender)) return null;
  if (user === undefined || others.length > 0 || !provenSenders.includes(user)) return null;
  return { userId: user, matchedBy: 'SENDER', request: null, problem: null };
}

function matchOf(
  matchedBy: MatchedBy,
  request: ExpectedDeposit,
  problem: UnclaimedReason | null,
): Match {
  return { userId: request.userId, matchedBy, request, problem };
}

function problemOf(payment: Payment, request: ExpectedDeposit): UnclaimedReason | null {
  if (request.state === 'PAID') return 'PAID_TWICE';
  if (payment.timeMs > request.expiresMs) return 'LATE';
  if (payment.currency !== request.currency) return 'WRONG_TOKEN';
  if (payment.amount < request.amount) return 'SHORT';
  return payment.amount > request.amount ? 'OVER' : null;
}

function whyUnknown(payment: Payment, facts: PayerFacts, rules: PayerRules): UnclaimedReason {
  const [near, ...more] = facts.near;
  if (rules.byIntent && near && more.length === 0) {
    return payment.amount < near.amount ? 'SHORT' : 'OVER';
  }
  return rules.bySender && facts.senderUsers.length > 1 ? 'AMBIGUOUS_SENDER' : 'UNKNOWN_PAYER';
}

const MAX_SUGGESTIONS = 5;

/** Whatever the match, everybody whom some fact names is suggested, the surest first. */
function unclaimed(reason: UnclaimedReason, facts: PayerFacts, match?: Match | null): Verdict {
  const { owner, request, memoRequest, memoUser, senderUsers, near } = facts;
  const of = (why: MatchedBy, userId: string, intentId: string | null = null): Suggestion => ({
    userId,
    why,
    intentId,
  });
  const all = [
    ...(match ? [of(match.matchedBy, match.userId, match.request?.id)] : []),
    ...(owner === null ? [] : [of('OWN_ADDRESS', owner)]),
    ...[request, ...near].flatMap((one) => (one ? [of('REQUEST', one.userId, one.id)] : [])),
    ...(memoRequest ? [of('MEMO', memoRequest.userId, memoRequest.id)] : []),
    ...(memoUser === null ? [] : [of('MEMO', memoUser)]),
    ...senderUsers.map((userId) => of('SENDER', userId)),
  ];
  const seen = new Set<string>();
  const suggestions = all.filter(({ userId }) => !seen.has(userId) && seen.add(userId));
  return { kind: 'unclaimed', reason, suggestions: suggestions.slice(0, MAX_SUGGESTIONS) };
}
