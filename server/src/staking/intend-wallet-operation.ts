import { hash } from 'node:crypto';
import { because, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { present } from '../kernel/assert.ts';
import { BadInput, IdempotencyConflict, NotFound } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { kindOf } from '../operations/effect-rows.ts';
import { intendOperations } from '../operations/intend-operations.ts';
import { requireKey } from '../permissions/require-key.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { holdStake } from '../capacity/holds.ts';
import { checkWalletOperation, type WalletEffect } from './check-wallet-operation.ts';
import { WALLET } from './wallet-purpose.ts';
import { lockWallet, readWalletFacts } from './wallet-facts.ts';

export interface WalletOperationRequest {
  readonly walletId: string;
  readonly effect: WalletEffect;
  /** Of the transaction's actor: the same with the same content is the same operation. */
  readonly clientId: string;
  /** Kept with the operation. */
  readonly reason: string;
}

const MAX_CLIENT_ID = 100;
const MAX_REASON = 500;

/**
 * Intends an effect on a wallet's own account: the only way to all effects that are not an order's.
 * Stake that will be unstaked is out of the sale from this transaction on.
 *
 * Locks the wallet. The actor is the transaction's.
 * @returns the operation's id
 * @throws NotFound, BadInput, IdempotencyConflict, IllegalState, WalletNotObserved,
 *   WalletBalanceTooLow, StakeNotFree
 */
export async function intendWalletOperation(
  em: EntityManager,
  ids: IdMaker,
  request: WalletOperationRequest,
): Promise<string> {
  const { walletId, clientId } = request;
  const reason = request.reason.trim();
  if (clientId === '' || clientId.length > MAX_CLIENT_ID) {
    throw new BadInput(`Give a client id of 1 to ${MAX_CLIENT_ID} characters.`, {
      field: 'input.clientId',
    });
  }
  if (reason === '' || reason.length > MAX_REASON) {
    throw new BadInput(`Give a reason, of up to ${MAX_REASON} characters.`, {
      field: 'input.reason',
    });
  }
  const wallet = isUuid(walletId) ? await lockWallet(em, walletId) : undefined;
  if (!wallet) throw new NotFound('There is no such wallet.', { field: 'input.walletId' });
  const effect = { ...request.effect, owner: wallet.address } as ChainEffect;
  const contentHash = hashOf(walletId, effect);
  // Behind the lock: a second click waits for the first and finds what it wrote.
  const earlier = await earlierOperation(em, clientId);
  if (earlier) {
    if (earlier.content_hash.equals(contentHash)) return earlier.id;
    throw new IdempotencyConflict(
      'This client id stands for another operation. Send what you sent before, or a new id.',
      { field: 'input.clientId' },
    );
  }
  await requireKey(em, walletId, effect.kind);
  const { values } = await readSettings(em);
  checkWalletOperation(request.effect, await readWalletFacts(em, wallet, values));

  const operationId = ids.next();
  const { deadline } = present(
    await queryOne<{ deadline: Date }>(
      em,
      'select desk_now() + make_interval(secs => $1) as deadline',
      [values['staking.deadlineSeconds']],
    ),
    'deadline',
  );
  await because(em, reason);
  await intendOperations(em, [
    {
      id: operationId,
      effect,
      permissionId: wallet.permission_id,
      purpose: WALLET,
      reference: operationId,
      deadlineAt: deadline,
    },
  ]);
  await query(
    em,
    `insert into wallet_operations (id, wallet_id, caller, client_id, content_hash, actor, reason)
     values ($1, $2, ${CALLER}, $3, $4, current_setting('desk.actor'), $5)`,
    [operationId, walletId, clientId, contentHash, reason],
  );
  if (effect.kind === 'unfreeze' && effect.resource === 'ENERGY') {
    await holdStake(em, { operationId, walletId, sun: effect.amountSun });
  }
  await recordEvents(em, [
    {
      kind: 'operation.intended',
      subjectKind: 'operation',
      subjectId: operationId,
      payload: { kind: kindOf(effect), walletId },
    },
  ]);
  return operationId;
}

/** Kind and id of the actor, whose name may change; a part of the desk has only its name. */
const CALLER = `(select case when a[2] = '' then array_to_string(a, ':') else a[1] || ':' || a[2] end
  from string_to_array(current_setting('desk.actor'), ':') a)`;

function earlierOperation(
  em: EntityManager,
  clientId: string,
): Promise<{ id: string; content_hash: Buffer } | undefined> {
  return queryOne(
    em,
    `select id, content_hash from wallet_operations where client_id = $1 and caller = ${CALLER}`,
    [clientId],
  );
}

function hashOf(walletId: string, effect: ChainEffect): Buffer {
  const content = JSON.stringify([walletId, effect], (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return hash('sha256', content, 'buffer');
}
