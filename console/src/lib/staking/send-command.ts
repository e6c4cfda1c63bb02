import { mutate } from '../graphql/client.ts';
import {
  CancelUnstakingDocument,
  ClaimRewardsDocument,
  type OperationDetailFragment,
  type Resource,
  StakeTrxDocument,
  TransferBetweenWalletsDocument,
  UnstakeTrxDocument,
  VoteForWitnessesDocument,
  WithdrawUnstakedDocument,
} from '../graphql/generated/graphql.ts';
import type { Command } from './commanding.svelte.ts';

export type CommandInput = {
  walletId: string;
  clientId: string;
  reason: string;
  amount: string;
  resource: Resource;
  receiver: string;
  votes: { witness: string; count: number }[];
};

/** Sends a command; of the input it takes what the command needs. Throws DeskError. */
export async function sendCommand(
  command: Command,
  { walletId, clientId, reason, amount, resource, receiver, votes }: CommandInput,
): Promise<OperationDetailFragment> {
  const input = { walletId, clientId, reason };
  const touches = ['ChainOperation', 'StakingCalendarEntry', 'Wallet'];
  switch (command) {
    case 'stake':
      return (await mutate(StakeTrxDocument, { input: { ...input, amount, resource } }, touches))
        .stakeTrx;
    case 'unstake':
      return (await mutate(UnstakeTrxDocument, { input: { ...input, amount, resource } }, touches))
        .unstakeTrx;
    case 'cancelUnstaking':
      return (await mutate(CancelUnstakingDocument, { input }, touches)).cancelUnstaking;
    case 'withdraw':
      return (await mutate(WithdrawUnstakedDocument, { input }, touches)).withdrawUnstaked;
    case 'claim':
      return (await mutate(ClaimRewardsDocument, { input }, touches)).claimRewards;
    case 'vote':
      return (await mutate(VoteForWitnessesDocument, { input: { ...input, votes } }, touches))
        .voteForWitnesses;
    case 'transfer':
      return (
        await mutate(
          TransferBetweenWalletsDocument,
          { input: { ...input, amount, receiver } },
          touches,
        )
      ).transferBetweenWallets;
  }
}
