import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Database, EntityManager } from '../database/database.ts';
import { connectionOf, decodeCursor, encodeCursor, pageSize } from '../graphql/connection.ts';
import type { DeskContext } from '../graphql/context.ts';
import { AddressScalar } from '../graphql/scalars.ts';
import { parseActor } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { BadInput } from '../kernel/domain-error.ts';
import { type IdMaker, isUuid } from '../kernel/ids.ts';
import { sum } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { ChainOperation } from '../operations/operation.graphql.ts';
import type { OperationRow } from '../operations/operation-rows.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import type { ChainParameters } from '../tron/chain-parameters.ts';
import type { TronNodes } from '../tron/node-pool.ts';
import { User, userOf } from '../users/user.graphql.ts';
import { lookAtSwept } from './look-at-swept.ts';
import { type PlannedSweep, planSweep } from './plan-sweep.ts';
import { listSeeds, readAccountSecret, registerSeed } from './register-seed.ts';
import { MOST_SWEPT, sweepAddresses, sweepTarget, sweptBefore } from './sweep-addresses.ts';
import { listSweeps, sweepCandidates, type SweepRow, sweepsByIds } from './sweep-rows.ts';
import {
  DepositSeed,
  RegisterDepositSeedInput,
  Sweep,
  SweepConnection,
  SweepInput,
  SweepPlan,
  SweepPlanItem,
} from './sweep.graphql.ts';

export interface SweepResolverParts {
  readonly database: Database;
  readonly ids: IdMaker;
  readonly nodes: TronNodes;
  readonly parameters: () => ChainParameters;
  /** What a transfer to an address that does not exist burns, in sun. */
  readonly activationFee: () => bigint;
  /** The age public key that keys are sealed for. */
  readonly recipient: string;
}

/** Addresses that nodes are asked about at once. */
const AT_ONCE = 8;

@Resolver(() => Sweep)
export class SweepResolver {
  readonly #parts: SweepResolverParts;

  constructor(parts: SweepResolverParts) {
    this.#parts = parts;
  }

  @Query(() => SweepPlan, {
    description:
      'What sweeping deposit addresses that the desk derived would bring and cost, by the chain as it is now; ILLEGAL_STATE where no treasury is set. It promises nothing.',
  })
  async sweepPlan(
    @Arg('addresses', () => [AddressScalar], {
      nullable: true,
      description: 'Just these, up to 50; those on which the most came in unless told.',
    })
    addresses: Address[] | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Addresses, 1 to 50.' })
    first: number,
  ): Promise<SweepPlan> {
    if (first < 1 || first > MOST_SWEPT || (addresses?.length ?? 0) > MOST_SWEPT) {
      throw new BadInput(`Ask for 1 to ${MOST_SWEPT} addresses.`, { field: 'first' });
    }
    const em = this.#parts.database.read();
    const { values } = await readSettings(em);
    const { address: to } = await sweepTarget(em, values);
    const candidates = await sweepCandidates(em, addresses ?? null, addresses ? MOST_SWEPT : first);
    const plans = await this.#plans(
      candidates.map(({ address }) => address),
      to,
      values,
    );
    const items = candidates.flatMap(({ address, userId, signable, isOpen }) =>
      present(plans.get(address), 'plan').map((plan) => ({
        ...shownPlan(address, plan),
        userId,
        skip:
          plan.skip ??
          (signable ? null : 'The private side of its account is not registered.') ??
          (isOpen ? 'A sweep of it is under way.' : null),
      })),
    );
    const good = items.filter(({ skip }) => skip === null);
    const of = (currency: string): bigint =>
      sum(good.flatMap(({ money }) => (money.currency === currency ? [money.amount] : [])));
    return {
      to,
      items,
      trx: of('TRX'),
      usdt: of('USDT'),
      burn: sum(good.map(({ burn }) => burn)),
      fuel: sum(good.map(({ fuel }) => fuel)),
    };
  }

  @Query(() => SweepConnection, { description: 'Sweeps, the newest first.' })
  async sweeps(
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of the page, 1 to 200.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the last page.' })
    after: string | null | undefined,
  ): Promise<SweepConnection> {
    const size = pageSize(first);
    const [last = null] = decodeCursor(after, 1) ?? [];
    if (last !== null && !isUuid(last)) {
      throw new BadInput('Send a cursor exactly as it came with an earlier page.', {
        field: 'after',
      });
    }
    const rows = await listSweeps(this.#parts.database.read(), { first: size, after: last });
    return connectionOf(rows.map(shown), size, ({ id }) => encodeCursor(id), after);
  }

  @Query(() => [DepositSeed], {
    description: 'Accounts whose deposit addresses can be swept; nothing shows their private side.',
  })
  async depositSeeds(): Promise<DepositSeed[]> {
    const seeds = await listSeeds(this.#parts.database.read());
    return seeds.map((seed) => ({ ...seed, addresses: Number(seed.addresses) }));
  }

  @Mutation(() => DepositSeed, {
    description:
      'Seals the private side of the account that deposit addresses are derived from, so that the signer can send what they hold. Again replaces it.',
  })
  async registerDepositSeed(
    @Arg('input', () => RegisterDepositSeedInput, { description: 'The account.' })
    input: RegisterDepositSeedInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<DepositSeed> {
    const { database, recipient } = this.#parts;
    const secret = readAccountSecret(input.extendedPrivateKey);
    const { accountKey } = secret;
    await database.transaction(actor, async (em) => {
      await registerSeed(em, actor, { accountKey, bytes: secret.bytes.slice() }, recipient);
      await audit.record(em, 'deposit.register_seed', { kind: 'setting', id: accountKey }, {});
    });
    secret.bytes.fill(0);
    return present(
      (await this.depositSeeds()).find((one) => one.accountKey === accountKey),
      'seed',
    );
  }

  @Mutation(() => [Sweep], {
    description:
      'Sends what deposit addresses hold to the treasury wallet, with TRX for the fee first where an address has none. All or none: ILLEGAL_STATE names the item that cannot be swept.',
  })
  async sweep(
    @Arg('input', () => SweepInput, { description: 'What, and why.' }) input: SweepInput,
    @Ctx() { actor, audit }: DeskContext,
  ): Promise<Sweep[]> {
    const { database, ids } = this.#parts;
    const { items: wishes, reason, clientId: key } = input;
    const command = { wishes, reason, key };
    const record = async (em: EntityManager, made: readonly string[]): Promise<void> => {
      for (const [place, id] of made.entries()) {
        await audit.record(
          em,
          'deposit.sweep',
          { kind: 'sweep', id },
          {
            address: wishes[place]?.address,
            currency: wishes[place]?.currency,
          },
        );
      }
    };
    const before = await sweptBefore(database.read(), actor, command);
    if (before) {
      await database.transaction(actor, (em) => record(em, before));
      return (await sweepsByIds(database.read(), before)).map(shown);
    }
    if (wishes.length > MOST_SWEPT) {
      throw new BadInput(`Name 1 to ${MOST_SWEPT} addresses.`, { field: 'input.items' });
    }
    const { values } = await readSettings(database.read());
    const { address: to } = await sweepTarget(database.read(), values);
    const plans = await this.#plans(
      wishes.map(({ address }) => address),
      to,
      values,
    );
    const swept = await database.transaction(actor, async (em) => {
      const made = await sweepAddresses(em, ids, actor, command, ({ address, currency }) =>
        present(
          plans.get(address)?.find((plan) => plan.currency === currency),
          'plan of the wish',
        ),
      );
      await record(em, made);
      return made;
    });
    return (await sweepsByIds(database.read(), swept)).map(shown);
  }

  @FieldResolver(() => ChainOperation, {
    nullable: true,
    description: 'The transfer to the treasury; null before it is with the engine.',
  })
  async operation(
    @Root() { operationId }: Sweep,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow | null> {
    return operationId === null ? null : loaders.operation.load(operationId);
  }

  @FieldResolver(() => ChainOperation, {
    nullable: true,
    description: 'The transfer of TRX for its fee; null where none was needed.',
  })
  async fuelOperation(
    @Root() { fuelOperationId }: Sweep,
    @Ctx() { loaders }: DeskContext,
  ): Promise<OperationRow | null> {
    return fuelOperationId === null ? null : loaders.operation.load(fuelOperationId);
  }

  async #plans(
    addresses: readonly Address[],
    to: Address,
    values: SettingValues,
  ): Promise<Map<Address, PlannedSweep[]>> {
    const { nodes, parameters, activationFee } = this.#parts;
    const { energyPriceSun, bandwidthPriceSun } = parameters();
    const terms = {
      energyPriceSun,
      bandwidthPriceSun,
      activationFeeSun: activationFee(),
      minimum: {
        TRX: values['sweeps.minimumSun'],
        USDT: values['sweeps.minimumMicroUsdt'],
      },
    };
    const contract = values['deposits.usdtContract'];
    const plans = new Map<Address, PlannedSweep[]>();
    for (let from = 0; from < addresses.length; from += AT_ONCE) {
      const some = addresses.slice(from, from + AT_ONCE);
      await Promise.all(
        some.map(async (address) => {
          const seen = await lookAtSwept(nodes, { address, contract, to });
          plans.set(address, planSweep(seen, terms));
        }),
      );
    }
    return plans;
  }
}

@Resolver(() => SweepPlanItem)
export class SweepPlanItemResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Whose deposit address it is.' })
  async user(
    @Root() { userId }: SweepPlanItem,
    @Ctx() { loaders }: DeskContext,
  ): Promise<User | null> {
    const row = await loaders.user.load(userId);
    return row && userOf(row);
  }
}

function shownPlan(address: Address, plan: PlannedSweep): Omit<SweepPlanItem, 'userId'> {
  const { amount, currency, bandwidth, energy, burnSun, fuelSun, skip } = plan;
  return {
    address,
    money: { amount, currency },
    bandwidth: Number(bandwidth),
    energy: Number(energy),
    burn: burnSun,
    fuel: fuelSun,
    skip,
  };
}

function shown({ currency, amount, fuelSun, actor, ...rest }: SweepRow): Sweep {
  return { ...rest, money: { amount, currency }, fuel: fuelSun, requestedBy: parseActor(actor) };
}
