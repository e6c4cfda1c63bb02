import { tronPower } from '../state/account.ts';
import type { Account } from '../state/account.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue, VoteEntry } from '../wire/messages.ts';
import { ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect } from './effect.ts';
import { trx } from './parameters.ts';
import { settleRewards } from './rewards.ts';

const maxVotes = 30;

/** Replaces an account's votes; they count from the next maintenance on. */
export function changeVotes(
  context: RuleContext,
  account: Account,
  votes: readonly VoteEntry[],
): void {
  const waiting = context.state.voteChanges.get(account.address);
  context.state.voteChanges.set(account.address, {
    before: waiting?.before ?? account.votes,
    after: votes,
  });
  putAccount(context, { ...account, votes });
}

/** VoteWitnessContract: replaces all votes of the owner. */
export function vote(context: RuleContext, value: ContractValue<'VoteWitnessContract'>): Effect {
  const { owner_address: owner, votes } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  if (votes.length === 0) throw new ContractValidateError('VoteNumber must more than 0');
  if (votes.length > maxVotes) {
    throw new ContractValidateError(`VoteNumber more than maxVoteNumber ${maxVotes}`);
  }
  let sum = 0n;
  for (const { vote_address: candidate, vote_count: count } of votes) {
    if (!isAddress(candidate)) throw new ContractValidateError('Invalid vote address!');
    if (count <= 0n) throw new ContractValidateError('vote count must be greater than 0');
    requireAccount(context, candidate, `Account[${candidate}] not exists`);
    if (!context.state.witnesses.get(candidate)) {
      throw new ContractValidateError(`Witness[${candidate}] not exists`);
    }
    sum += count;
  }
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  const power = tronPower(account);
  if (sum * trx > power) {
    throw new ContractValidateError(
      `The total number of votes[${sum * trx}] is greater than the tronPower[${power}]`,
    );
  }
  changeVotes(context, settleRewards(context, account), votes);
  return { fee: 0n };
}
