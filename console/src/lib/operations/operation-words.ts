import { shortenMiddle } from '../format/code.ts';
import { formatDecimal, sunToTrx } from '../format/decimal.ts';
import type { OperationKind, Resource } from '../graphql/generated/graphql.ts';
import type { Messages } from '../messages/zh/zh.ts';

type Effect = {
  kind: OperationKind;
  amount: string | null;
  receiver: string | null;
  resource: Resource | null;
  votes: { witness: string }[] | null;
  tokens: { amount: string } | null;
};

/** What an operation does, in one sentence. */
export function effectText(operation: Effect, t: Messages): string {
  const { kind, resource, votes } = operation;
  const amount = `${formatDecimal(sunToTrx(operation.amount ?? '0'))} TRX`;
  const receiver = shortenMiddle(operation.receiver ?? '–');
  const words = t.operations.effects;
  switch (kind) {
    case 'DELEGATE':
    case 'UNDELEGATE':
    case 'TRANSFER':
      return words[kind](amount, receiver);
    case 'TOKEN_TRANSFER':
      return words[kind](`${formatDecimal(operation.tokens?.amount ?? '0')} USDT`, receiver);
    case 'FREEZE':
    case 'UNFREEZE':
      return words[kind](amount, t.staking.resources[resource ?? 'ENERGY']);
    case 'VOTE':
      return words.VOTE(votes?.length ?? 0);
    default:
      return words[kind];
  }
}

export type Problem = {
  kind: keyof Messages['operations']['problems'];
  /** What was reported, as it was reported. */
  detail: string;
};

/** Sorts what stands in an operation's `lastProblem` into what a person can act on. */
export function readProblem(text: string): Problem {
  if (/^The signer refused \(HALTED\)/.test(text)) return { kind: 'halted', detail: text };
  if (text.startsWith('The signer refused')) return { kind: 'refused', detail: text };
  if (text.startsWith('The signer gave no signature')) return { kind: 'silent', detail: text };
  if (/never got into a block/.test(text)) return { kind: 'neverLanded', detail: text };
  return { kind: 'other', detail: text };
}
