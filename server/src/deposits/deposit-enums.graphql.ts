import { enumeration } from '../graphql/enumeration.ts';
import type { IgnoredWhy, MatchedBy, UnclaimedReason } from './decide-payer.ts';
import type { DepositState, IntentState } from './deposit-states.ts';

export const DepositStateEnum = enumeration<DepositState>(
  'DepositState',
  'How far a deposit has come.',
  {
    SEEN: 'In a head block, which may still be replaced: no money has moved. `expectedAt` says when it will be solid.',
    GONE: 'It was seen, and its block was replaced by one without it. It may come back.',
    CREDITED: 'Solid, and on the balance of its user, or of several.',
    UNCLAIMED: 'Solid, and nobody’s yet: a person decides. `reason` says why.',
    RETURNING: 'On its way back to its sender, as a withdrawal.',
    RETURNED: 'Sent back to its sender, less the fee.',
    WRITTEN_OFF: 'Kept by the desk, since nobody could be found for it.',
  },
);

export const MatchedByEnum = enumeration<MatchedBy>(
  'DepositMatch',
  'How it is known who paid, in the order in which it is asked.',
  {
    OWN_ADDRESS: 'It went to the user’s own deposit address.',
    REQUEST: 'It is just the amount of an open request.',
    MEMO: 'Its memo names the user or a request.',
    SENDER: 'Exactly one user keeps the sender’s address.',
    OPERATOR: 'A person said so.',
  },
);

export const UnclaimedReasonEnum = enumeration<UnclaimedReason>(
  'UnclaimedReason',
  'Why nobody is credited by rule.',
  {
    UNKNOWN_PAYER: 'Nothing says who paid.',
    AMBIGUOUS_SENDER: 'Several users pay from the sender’s address.',
    LATE: 'Its request had expired.',
    SHORT: 'It is less than what was asked for.',
    OVER: 'It is more than what was asked for.',
    PAID_TWICE: 'Its request was paid before.',
    BELOW_MINIMUM: 'It is below the smallest deposit.',
    WRONG_TOKEN: 'It is a token that the desk does not take, or not what was asked for.',
    FROM_CONTRACT: 'A contract sent it.',
    OWN_WALLET: 'One of the desk’s own addresses sent it.',
  },
);

export const IntentStateEnum = enumeration<IntentState>(
  'DepositRequestState',
  'How far a deposit request has come.',
  {
    OPEN: 'It waits for its payment.',
    PAID: 'It was paid, and credited.',
    EXPIRED: 'Its time is over by chain time; what comes now waits for a person.',
  },
);

export const DecisionKindEnum = enumeration<'ASSIGN' | 'SPLIT' | 'RETURN' | 'WRITE_OFF'>(
  'DepositDecisionKind',
  'What a person decided about an unclaimed deposit.',
  {
    ASSIGN: 'It is one user’s.',
    SPLIT: 'It is several users’.',
    RETURN: 'It goes back to its sender, less the fee.',
    WRITE_OFF: 'The desk keeps it.',
  },
);

export const IgnoredWhyEnum = enumeration<IgnoredWhy>(
  'IgnoredWhy',
  'Why a transfer to a watched address is no deposit.',
  {
    ZERO_VALUE: 'It moved nothing.',
    LOOK_ALIKE: 'Dust from an address that looks like one that a user keeps.',
    WRONG_TOKEN: 'A token that the desk does not take, and that no setting names.',
    OUR_OWN: 'TRX that the desk sent there itself, for the fee of a sweep.',
  },
);
