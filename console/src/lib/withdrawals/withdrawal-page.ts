import {
  WithdrawalDocument,
  type WithdrawalQuery,
  type WithdrawalQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { followWithdrawals } from './follow-withdrawals.ts';

/** One withdrawal, kept in step with the desk. */
export class WithdrawalPage extends Query<WithdrawalQuery, WithdrawalQueryVariables> {
  readonly id: string;

  constructor(id: string) {
    super(WithdrawalDocument, { id });
    this.id = id;
  }

  /** Follows it until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followWithdrawals(
      (withdrawal) => {
        if (withdrawal.id === this.id) void this.refresh();
      },
      () => void this.refresh(),
    );
  }
}
