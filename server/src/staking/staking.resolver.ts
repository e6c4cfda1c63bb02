import { Arg, Int, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '../database/database.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { sum } from '../kernel/money.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Address } from '../chain/address.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import type { Witness as ListedWitness } from '../tron/witness-reply.ts';
import { usedWallets } from '../wallets/wallet-rows.ts';
import { adviseStaking } from './advise-staking.ts';
import { readDemand } from './read-demand.ts';
import { type CalendarEntry, readStakingCalendar } from './staking-calendar.ts';
import {
  StakingAdvice,
  StakingCalendarEntry,
  StakingCalendar,
  Witness,
} from './staking.graphql.ts';

export interface StakingResolverParts {
  readonly database: Database;
  readonly settings: SettingsStore;
  readonly ratio: () => Promise<ResourceRatio>;
  /** @throws ChainUnavailable */
  readonly witnesses: () => Promise<readonly ListedWitness[]>;
  /** Per cent; null when no node tells. */
  readonly brokerage: (witness: Address) => Promise<number | null>;
}

const DAYS = 14;
const MOST_PERCENT = 1_000;

/** What to know before staking, unstaking, voting and claiming. */
@Resolver(() => Witness)
export class StakingResolver {
  readonly #parts: StakingResolverParts;

  constructor(parts: StakingResolverParts) {
    this.#parts = parts;
  }

  @Query(() => StakingCalendar, {
    description: 'What of each wallet’s stake matures when, and what it has earned.',
  })
  async stakingCalendar(): Promise<StakingCalendar> {
    const { chainTime, entries } = await readStakingCalendar(this.#parts.database.read());
    return { chainTime, entries: entries.map(shownEntry) };
  }

  @Query(() => StakingAdvice, {
    description:
      'How much TRX to stake more or less for the demand of the last 14 days and a margin above its peak.',
  })
  async stakingAdvice(
    @Arg('marginPercent', () => Int, {
      nullable: true,
      description:
        'Per cent above the peak, 0 to 1000; as set by staking.marginPercent unless told.',
    })
    wanted: number | null | undefined,
  ): Promise<StakingAdvice> {
    const { database, settings, ratio } = this.#parts;
    if (wanted !== null && wanted !== undefined && (wanted < 0 || wanted > MOST_PERCENT)) {
      throw new BadInput(`Give a margin of 0 to ${MOST_PERCENT} per cent.`, {
        field: 'marginPercent',
      });
    }
    const marginPercent = wanted ?? (await settings.current()).values['staking.marginPercent'];
    const em = database.read();
    const demand = await readDemand(em, DAYS);
    const selling = (await usedWallets(em)).filter(({ state }) => state === 'ACTIVE');
    const staked = sum(selling.map((wallet) => wallet.staked));
    const free = sum(
      selling.map(({ sellable, reserved, rented, unstaking }) => {
        const left = sellable - reserved - rented - unstaking;
        return left > 0n ? left : 0n;
      }),
    );
    const advice = adviseStaking({
      demand,
      stakedSun: staked,
      freeSun: free,
      ratio: await ratio(),
      marginPercent,
    });
    const {
      action,
      amountSun: amount,
      neededEnergy,
      neededSun: neededStake,
      stakedEnergy,
    } = advice;
    return {
      ...demand,
      action,
      amount,
      marginPercent,
      neededEnergy,
      neededStake,
      staked,
      stakedEnergy,
      free,
    };
  }

  @Query(() => [Witness], {
    description: 'Whom the wallets may vote for, those with the most votes first.',
  })
  async witnesses(
    @Arg('first', () => Int, { defaultValue: 60, description: 'How many, 1 to 500.' })
    first: number,
  ): Promise<Witness[]> {
    if (first < 1 || first > 500) {
      throw new BadInput('Ask for 1 to 500 witnesses.', { field: 'first' });
    }
    const all = await this.#parts.witnesses();
    const order = (a: ListedWitness, b: ListedWitness): number =>
      a.votes === b.votes ? (a.address < b.address ? -1 : 1) : a.votes > b.votes ? -1 : 1;
    return [...all]
      .sort(order)
      .slice(0, first)
      .map((witness) => ({ ...witness, votes: witness.votes.toString() }));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Per cent of the rewards that it keeps for itself; null when no node tells.',
  })
  brokerage(@Root() { address }: Witness): Promise<number | null> {
    return this.#parts.brokerage(address as Address);
  }
}

function shownEntry(entry: CalendarEntry): StakingCalendarEntry {
  const { wallet, stakes, unstaking, withdrawable, nextWithdrawalAt, nextClaimAt } = entry;
  return {
    wallet,
    unstaking,
    withdrawable,
    nextWithdrawalAt,
    rewards: stakes?.rewards ?? 0n,
    lastClaimAt: stakes?.lastClaimAt ?? null,
    nextClaimAt,
    votingPower: (stakes?.votingPower ?? 0n).toString(),
    votes: (stakes?.votes ?? []).map(({ witness, count }) => ({
      witness,
      count: count.toString(),
    })),
    energyStake: wallet.staked,
    bandwidthStake: stakes?.bandwidthStaked ?? 0n,
    observedAt: stakes?.observedAt ?? null,
  };
}
