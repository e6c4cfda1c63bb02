import { present } from '../kernel/assert.ts';
import type { GraphqlCaller, GraphqlDesk } from './graphql-desk.ts';

const FIELDS = `id kind state purpose owner receiver amount resource reason lastProblem attemptCount
  actor { kind id name } wallet { id label } votes { witness count } permissions { owner { name } }
  attempts { state txid }`;

export interface ShownOperation {
  id: string;
  [field: string]: unknown;
}

export interface CalendarEntry {
  wallet: { id: string };
  unstaking: { amount: string; matured: boolean; at: string }[];
  withdrawable: string;
  nextWithdrawalAt: string | null;
  rewards: string;
  lastClaimAt: string | null;
  nextClaimAt: string | null;
  votingPower: string;
  votes: { witness: string; count: string }[];
  energyStake: string;
}

/** The mutation of this name with everything that is looked at of its answer. */
export function commandText(mutation: string): string {
  const types: Record<string, string> = {
    stakeTrx: 'StakeInput',
    unstakeTrx: 'StakeInput',
    voteForWitnesses: 'VoteForWitnessesInput',
    transferBetweenWallets: 'TransferInput',
    cancelOperation: 'CancelOperationInput',
  };
  const type = types[mutation] ?? 'WalletCommandInput';
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${FIELDS} } }`;
}

/** Somebody who commands the stake of wallets, each command with a name of its own unless told. */
export class StakingCaller {
  readonly #desk: GraphqlDesk;
  readonly #caller: GraphqlCaller;

  constructor(desk: GraphqlDesk, caller: GraphqlCaller) {
    this.#desk = desk;
    this.#caller = caller;
  }

  async command(mutation: string, input: Record<string, unknown>): Promise<ShownOperation> {
    const data = await this.#caller.request<Record<string, ShownOperation>>(
      commandText(mutation),
      this.#variables(input),
    );
    return present(data[mutation], mutation);
  }

  async refused(
    mutation: string,
    input: Record<string, unknown>,
  ): Promise<{ code: unknown; field: unknown }> {
    const refusal = await this.#caller.refusal(commandText(mutation), this.#variables(input));
    const { code, field } = refusal as { code: unknown; field?: unknown };
    return { code, field };
  }

  async shown(id: string): Promise<ShownOperation> {
    const { operation } = await this.#caller.request<{ operation: ShownOperation }>(
      `query ($id: ID!) { operation(id: $id) { ${FIELDS} } }`,
      { id },
    );
    return operation;
  }

  async calendarOf(walletId: string): Promise<CalendarEntry> {
    const { stakingCalendar } = await this.#caller.request<{
      stakingCalendar: { entries: CalendarEntry[] };
    }>(
      `{ stakingCalendar { chainTime entries { wallet { id } unstaking { resource amount at matured }
       withdrawable nextWithdrawalAt rewards lastClaimAt nextClaimAt votingPower
       votes { witness count } energyStake bandwidthStake observedAt } } }`,
    );
    return present(
      stakingCalendar.entries.find(({ wallet }) => wallet.id === walletId),
      'entry of the wallet',
    );
  }

  #variables(input: Record<string, unknown>): { input: Record<string, unknown> } {
    return { input: { clientId: this.#desk.core.ids.next(), reason: 'a test', ...input } };
  }
}
