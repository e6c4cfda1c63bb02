import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { BadInput, IllegalState, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { isLegal } from '../kernel/transitions.ts';
import { type WalletState, walletStates } from './wallet-states.ts';

export interface SetWalletStateCommand {
  readonly walletId: string;
  readonly state: WalletState;
  /** Kept in the wallet's history. */
  readonly reason: string;
}

const MAX_REASON = 500;

/**
 * Says whether and how a wallet takes part in selling. To the state that it has already, nothing
 * changes but the reason. Rentals that run are not touched.
 * @throws NotFound, BadInput without a reason, IllegalState
 */
export async function setWalletState(
  em: EntityManager,
  { walletId, state, reason }: SetWalletStateCommand,
): Promise<void> {
  const why = reason.trim();
  if (why === '' || why.length > MAX_REASON) {
    throw new BadInput(`Give a reason, of up to ${MAX_REASON} characters.`, {
      field: 'input.reason',
    });
  }
  const wallet = isUuid(walletId)
    ? await queryOne<{ state: WalletState }>(
        em,
        'select state from wallets where id = $1 for no key update',
        [walletId],
      )
    : undefined;
  if (!wallet) throw new NotFound('There is no such wallet.', { field: 'input.walletId' });
  if (wallet.state !== state && !isLegal(walletStates, wallet.state, state)) {
    throw new IllegalState(`A wallet that is ${wallet.state} cannot become ${state}.`, {
      field: 'input.state',
      details: { from: wallet.state, to: state, possible: [...walletStates.next[wallet.state]] },
    });
  }
  await because(em, why);
  await query(em, 'update wallets set state = $2, state_reason = $3 where id = $1', [
    walletId,
    state,
    why,
  ]);
}
