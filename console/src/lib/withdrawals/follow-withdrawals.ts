import {
  WithdrawalChangedDocument,
  type WithdrawalRowFragment,
} from '../graphql/generated/graphql.ts';
import { listen } from '../live/live.ts';

/** Calls `take` with each withdrawal that changes, until the result is called. Start it in an effect. */
export function followWithdrawals(
  take: (withdrawal: WithdrawalRowFragment) => void,
  onStart: () => void = () => undefined,
): () => void {
  return listen({
    document: WithdrawalChangedDocument,
    variables: {},
    cursorOf: (data) => data.withdrawalChanged.cursor,
    onChange: ({ withdrawalChanged: { withdrawal } }) => take(withdrawal),
    onStart,
  });
}
