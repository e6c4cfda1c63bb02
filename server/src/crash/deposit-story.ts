import { balancesOf, judgeDeposits, readEverything } from './deposit-judge.ts';
import { DepositPayers, type DepositUser } from './deposit-payers.ts';
import type { House } from './house.ts';
import type { Instance } from './instance.ts';
import type { Strike } from './strike.ts';

interface Company {
  readonly payers: DepositPayers;
  /** Eight, one for each kind of payment. */
  readonly users: readonly DepositUser[];
  /** How many payments there were, so that no two are of the same amount. */
  paid: number;
}

/** Who pays in a house; they come with its first case of deposits. */
const companies = new WeakMap<House, Promise<Company>>();

async function invite(house: House): Promise<Company> {
  const payers = await DepositPayers.open(house);
  const users = await Promise.all(
    Array.from({ length: 8 }, (_, place) => payers.user(String(60_000_000 + place))),
  );
  return { payers, users, paid: 0 };
}

function companyOf(house: House): Promise<Company> {
  const known = companies.get(house);
  if (known !== undefined) return known;
  const company = invite(house);
  companies.set(house, company);
  return company;
}

/** Payments that wait for the watcher to fall, and how they are judged once all is recovered. */
export interface BegunDeposits {
  readonly victim: Instance;
  /** @returns what is worth telling @throws with a sentence for each break */
  readonly judge: () => Promise<string>;
}

/** Lays the strike for the watcher and pays eight users in every kind. */
export async function beginDeposits(house: House, strike: Strike): Promise<BegunDeposits> {
  const company = await companyOf(house);
  const { payers, users } = company;
  const [victim] = house.of('watcher');
  if (victim === undefined) throw new Error('no watcher runs');
  const before = await balancesOf(house, users);
  victim.arm(strike);
  const first = company.paid;
  company.paid += users.length;
  const payments = users.map((user, place) => payers.pay(user, first + place));
  return {
    victim,
    async judge() {
      await readEverything(house);
      return `${await judgeDeposits(house, payments, before)} credited once`;
    },
  };
}
