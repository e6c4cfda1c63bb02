import { addressOf, namedKey } from '../crypto/keys.ts';
import { newAccount, withResource } from '../state/account.ts';
import type { Account } from '../state/account.ts';
import type { ChainState } from '../state/chain-state.ts';
import { trx } from '../rules/parameters.ts';
import type { Parameters } from '../rules/parameters.ts';
import { balanceKey, usdtContract } from '../vm/trc20.ts';
import { contracts as demoContracts } from './contract-addresses.ts';

const witnessCount = 27;

let cachedWitnesses: ReadonlyMap<string, string> | undefined;

/** The super representatives: address → private key, in the order of the schedule. */
export function witnessKeys(): ReadonlyMap<string, string> {
  cachedWitnesses ??= new Map(
    Array.from({ length: witnessCount }, (_, index) => {
      const key = namedKey(`super representative ${index + 1}`);
      return [addressOf(key), key] as const;
    }),
  );
  return cachedWitnesses;
}

const faucetKey = namedKey('faucet');
let faucetAddress: string | undefined;

/** The rich account that pays for set-up. */
export function faucet(): { readonly address: string; readonly key: string } {
  faucetAddress ??= addressOf(faucetKey);
  return { address: faucetAddress, key: faucetKey };
}

/** Sun; below 2⁵³ so that JSON numbers stay exact. */
const faucetBalance = 9_000_000_000n * trx;
/** Micro-USDT */
const faucetUsdt = 60_000_000_000n * 1_000_000n;
/** TRX staked for Energy by others: with a limit of 180e9 this gives about 9.47 Energy per TRX. */
const baseEnergyStake = 19_000_000_000n;
/** TRX staked for bandwidth by others. */
const baseNetStake = 26_000_000_000n;
/** The base stake is spread so that no amount exceeds 2⁵³ sun. */
const baseStakers = 10;
const votesPerWitness = 1_000_000_000n;

/** Writes the first state: representatives, faucet, base stake, token contracts. */
export function writeGenesis(state: ChainState, parameters: Parameters, epoch: number): void {
  const put = (account: Account): void => {
    state.accounts.set(account.address, account);
  };
  for (const address of witnessKeys().keys()) {
    put({ ...newAccount(address, epoch), balance: 1_000n * trx });
    state.witnesses.set(address, {
      address,
      url: `http://sr-${address.slice(-6)}.devnet`,
      voteCount: votesPerWitness,
      produced: 0,
    });
  }
  put({ ...newAccount(faucet().address, epoch), balance: faucetBalance });
  state.tokens.set(balanceKey(usdtContract, faucet().address), faucetUsdt);
  state.tokens.set(balanceKey(demoContracts.fakeUsdt, faucet().address), faucetUsdt);
  for (let index = 0; index < baseStakers; index++) {
    const address = `41${(index + 1).toString(16).padStart(40, 'b')}`;
    const count = BigInt(baseStakers);
    const staked = withResource(newAccount(address, epoch), 'ENERGY', {
      frozen: (baseEnergyStake / count) * trx,
    });
    put(withResource(staked, 'BANDWIDTH', { frozen: (baseNetStake / count) * trx }));
  }
  put({ ...newAccount(usdtContract, epoch), contract: 'trc20' });
  put({ ...newAccount(demoContracts.fakeUsdt, epoch), contract: 'trc20' });
  put({ ...newAccount(demoContracts.payout, epoch), contract: 'payout' });
  state.globals.set('chain', {
    totalEnergyWeight: baseEnergyStake,
    totalNetWeight: baseNetStake,
    cycle: 1,
    nextMaintenance: epoch + parameters.maintenanceInterval,
    burned: 0n,
  });
}
