import {
  DepositDocument,
  type DepositQuery,
  type DepositQueryVariables,
} from '../graphql/generated/graphql.ts';
import { Query } from '../graphql/query.svelte.ts';
import { followDeposits } from './follow-deposits.ts';

/** One deposit, kept in step with the desk. */
export class DepositPage extends Query<DepositQuery, DepositQueryVariables> {
  readonly id: string;

  constructor(id: string) {
    super(DepositDocument, { id });
    this.id = id;
  }

  /** Follows it until the result is called. Start it inside an effect. */
  follow(): () => void {
    return followDeposits(
      (deposit) => {
        if (deposit.id === this.id) void this.refresh();
      },
      () => void this.refresh(),
    );
  }
}
