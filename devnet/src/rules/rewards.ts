import type { Account } from '../state/account.ts';
import { globalsOf } from '../state/chain-state.ts';
import type { StateView, Witness } from '../state/chain-state.ts';
import { isAddress } from '../wire/address.ts';
import type { ContractValue, VoteEntry } from '../wire/messages.ts';
import { ContractValidateError, putAccount, requireAccount } from './context.ts';
import type { RuleContext } from './context.ts';
import type { Effect } from './effect.ts';
import { dayMs } from './parameters.ts';

/** Precision of the accumulated reward per vote (DelegationStore.DECIMAL_OF_VI_REWARD). */
const viScale = 10n ** 18n;

function viAt(view: StateView, cycle: number, witness: string): bigint {
  return view.rewards.get(`${cycle}:${witness}`)?.vi ?? 0n;
}

/** Reward of votes over cycles [begin, end), from the accumulated reward per vote. */
function rewardOf(
  view: StateView,
  begin: number,
  end: number,
  votes: readonly VoteEntry[],
): bigint {
  if (begin >= end) return 0n;
  let reward = 0n;
  for (const { vote_address: witness, vote_count: count } of votes) {
    const delta = viAt(view, end - 1, witness) - viAt(view, begin - 1, witness);
    if (delta > 0n) reward += (delta * count) / viScale;
  }
  return reward;
}

/** Sun an account could withdraw: allowance and unsettled rewards (MortgageService.queryReward). */
export function pendingReward(view: StateView, account: Account): bigint {
  const { cycle } = globalsOf(view);
  if (account.beginCycle > cycle) return account.allowance;
  let begin = account.beginCycle;
  let reward = 0n;
  if (begin + 1 === account.endCycle && begin < cycle) {
    if (account.settledVotes?.cycle === begin) {
      reward += rewardOf(view, begin, account.endCycle, account.settledVotes.votes);
    }
    begin += 1;
  }
  return reward + rewardOf(view, begin, cycle, account.votes) + account.allowance;
}

/** Moves rewards of finished cycles to the allowance (MortgageService.withdrawReward). */
export function settleRewards(context: RuleContext, account: Account): Account {
  const { state } = context;
  const { cycle } = globalsOf(state);
  if (account.beginCycle > cycle) return account;
  if (account.beginCycle === cycle && account.settledVotes?.cycle === cycle) return account;
  const allowance = pendingReward(state, account);
  if (account.votes.length === 0) return { ...account, allowance, beginCycle: cycle + 1 };
  return {
    ...account,
    allowance,
    beginCycle: cycle,
    endCycle: cycle + 1,
    settledVotes: { cycle, votes: account.votes },
  };
}

/** WithdrawBalanceContract: rewards to the balance, once in 24 h. */
export function withdrawReward(
  context: RuleContext,
  value: ContractValue<'WithdrawBalanceContract'>,
): Effect {
  const { owner_address: owner } = value;
  if (!isAddress(owner)) throw new ContractValidateError('Invalid address');
  const account = requireAccount(context, owner, `Account[${owner}] not exists`);
  if (context.now - account.withdrawTime < dayMs) {
    throw new ContractValidateError(
      `The last withdraw time is ${account.withdrawTime}, less than 24 hours`,
    );
  }
  if (pendingReward(context.state, account) <= 0n) {
    throw new ContractValidateError('witnessAccount does not have any reward');
  }
  const settled = settleRewards(context, account);
  putAccount(context, {
    ...settled,
    balance: settled.balance + settled.allowance,
    allowance: 0n,
    withdrawTime: context.now,
  });
  return { fee: 0n, withdrawAmount: settled.allowance };
}

function addReward(context: RuleContext, witness: string, amount: bigint): void {
  const { state, parameters } = context;
  const { cycle } = globalsOf(state);
  const kept = (amount * parameters.brokerage) / 100n;
  const key = `${cycle}:${witness}`;
  const current = state.rewards.get(key) ?? { reward: 0n, vi: 0n };
  state.rewards.set(key, { ...current, reward: current.reward + amount - kept });
  const account = state.accounts.get(witness);
  if (account) putAccount(context, { ...account, allowance: account.allowance + kept });
}

/** Pays a block: its producer, and all representatives by their votes. */
export function payBlock(
  context: RuleContext,
  producer: string,
  witnesses: readonly Witness[],
): void {
  const { parameters } = context;
  const votes = witnesses.reduce((sum, witness) => sum + witness.voteCount, 0n);
  addReward(context, producer, parameters.blockReward);
  if (votes === 0n) return;
  for (const { address, voteCount } of witnesses) {
    addReward(context, address, (parameters.voteReward * voteCount) / votes);
  }
}

/** Ends a reward cycle: rewards per vote accumulate, pending votes start to count. */
export function endCycle(context: RuleContext, witnesses: readonly Witness[]): void {
  const { state } = context;
  const globals = globalsOf(state);
  for (const { address, voteCount } of witnesses) {
    const key = `${globals.cycle}:${address}`;
    const { reward } = state.rewards.get(key) ?? { reward: 0n };
    const gain = voteCount === 0n ? 0n : (reward * viScale) / voteCount;
    state.rewards.set(key, { reward, vi: viAt(state, globals.cycle - 1, address) + gain });
  }
  for (const [voter, change] of [...state.voteChanges.entries()]) {
    countVotes(context, change.before, -1n);
    countVotes(context, change.after, 1n);
    state.voteChanges.delete(voter);
  }
  state.globals.set('chain', { ...globals, cycle: globals.cycle + 1 });
}

function countVotes(context: RuleContext, votes: readonly VoteEntry[], sign: bigint): void {
  for (const { vote_address: address, vote_count: count } of votes) {
    const witness = context.state.witnesses.get(address);
    if (!witness) continue;
    const voteCount = witness.voteCount + sign * count;
    context.state.witnesses.set(address, { ...witness, voteCount });
  }
}
