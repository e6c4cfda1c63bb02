import { because, type Database, type EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import type { Address } from '../chain/address.ts';
import {
  judgeProbe,
  type ProbeCheck,
  type ProbedChain,
  type ProbedWallet,
} from './probe-checks.ts';

export interface Prober {
  readonly database: Database;
  readonly settings: () => Promise<Pick<SettingValues, 'wallets.probe' | 'wallets.probeSeconds'>>;
  /** Asks nodes at the head. `receiver` is whom a delegation could be for. @throws ChainUnavailable */
  readonly ask: (wallet: ProbedWallet, receiver: Address | null) => Promise<ProbedChain>;
}

interface DueWallet {
  id: string;
  address: Address;
  permission_id: number;
  signer: Address | null;
  receiver: Address | null;
}

/** In one go. */
const BUNCH = 10;
/** Each further quarantine within a day doubles the pause before a probe, this often at most. */
const MOST_DOUBLINGS = 6;

/**
 * Looks on the chain at wallets that were quarantined by rule and are due, and brings back those of
 * which all is in order, to the state that they were quarantined from. What was found is kept, and is
 * the cause in the history.
 * @returns how many came back
 */
export async function probeWallets({ database, settings, ask }: Prober): Promise<number> {
  const values = await settings();
  const actor = system('probe');
  if (!values['wallets.probe']) {
    await database.transaction(actor, (em) =>
      query(em, 'update wallets set next_probe_at = null where next_probe_at is not null'),
    );
    return 0;
  }
  await database.transaction(actor, (em) => schedule(em, values['wallets.probeSeconds']));
  let returned = 0;
  for (const due of await dueWallets(database.read())) {
    const { address, permission_id: permissionId } = due;
    const wallet = { address, permissionId, signer: due.signer ?? address };
    const checks = judgeProbe(wallet, await ask(wallet, due.receiver));
    const isBack = await database.transaction(actor, (em) =>
      conclude(em, due.id, checks, values['wallets.probeSeconds']),
    );
    if (isBack) returned += 1;
  }
  return returned;
}

/** SQL: seconds until a wallet `w` is probed, when $1 is the setting. */
const PAUSE = `make_interval(secs => least(86400, $1::float8 * power(2, least(${MOST_DOUBLINGS.toString()},
  greatest(0, (select count(*) from state_changes c
               where c.subject_id = w.id and c.subject = 'wallet' and c.to_state = 'QUARANTINED'
                 and c.at > desk_now() - interval '1 day') - 1)))))`;

async function schedule(em: EntityManager, seconds: number): Promise<void> {
  await query(
    em,
    `update wallets w set next_probe_at = desk_now() + ${PAUSE}
     where w.quarantined_from is not null and w.next_probe_at is null`,
    [seconds],
  );
}

/** With somebody to try a delegation with: another wallet, or who got the last one. */
function dueWallets(em: EntityManager): Promise<DueWallet[]> {
  return query<DueWallet>(
    em,
    `select w.id, w.address, w.permission_id, k.signer,
            coalesce(
              (select o.address from wallets o where o.id <> w.id and o.observed_block is not null
               order by o.state <> 'ACTIVE', o.id limit 1),
              (select d.receiver from chain_operations d
               where d.owner = w.address and d.kind = 'DELEGATE' order by d.id desc limit 1)) as receiver
     from wallets w left join wallet_keys k on k.wallet_id = w.id
     where w.quarantined_from is not null and w.next_probe_at <= desk_now()
     order by w.next_probe_at limit ${BUNCH.toString()}`,
  );
}

/** A person may have decided meanwhile; then the probe has come too late. */
async function conclude(
  em: EntityManager,
  walletId: string,
  checks: readonly ProbeCheck[],
  seconds: number,
): Promise<boolean> {
  const wallet = await queryOne<{ back_to: string }>(
    em,
    `select quarantined_from as back_to from wallets
     where id = $1 and quarantined_from is not null for no key update`,
    [walletId],
  );
  if (!wallet) return false;
  const passed = checks.every((one) => one.passed);
  await query(
    em,
    `update wallets w
     set last_probe = jsonb_build_object('at', desk_now(), 'passed', $3::boolean, 'checks', $4::jsonb),
         next_probe_at = desk_now() + ${PAUSE}
     where id = $2`,
    [seconds, walletId, passed, JSON.stringify(checks)],
  );
  if (!passed) return false;
  const reason = `A probe found all in order. ${checks.map(({ detail }) => detail).join(' ')}`;
  await because(em, reason);
  await query(em, 'update wallets set state = $2, state_reason = $3 where id = $1', [
    walletId,
    wallet.back_to,
    reason,
  ]);
  return true;
}
