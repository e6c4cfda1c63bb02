import { DepositChangedDocument, type UnclaimedRowFragment } from '../graphql/generated/graphql.ts';
import { listen } from '../live/live.ts';

/** Calls `take` with each deposit that changes, until the result is called. Start it in an effect. */
export function followDeposits(
  take: (deposit: UnclaimedRowFragment) => void,
  onStart: () => void = () => undefined,
): () => void {
  return listen({
    document: DepositChangedDocument,
    variables: {},
    cursorOf: (data) => data.depositChanged.cursor,
    onChange: ({ depositChanged: { deposit } }) => take(deposit),
    onStart,
  });
}
