import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DeskContext } from '../graphql/context.ts';
import { AddressScalar } from '../graphql/scalars.ts';
import { present } from '../kernel/assert.ts';
import type { Address } from '../chain/address.ts';
import { contractsOf, FIRST_ACTIVE_PERMISSION, OWNER_PERMISSION } from '../tron/permissions.ts';
import type { Permission } from '../chain/transaction.ts';
import type { WalletRow } from '../wallets/wallet-rows.ts';
import { Wallet } from '../wallets/wallet.graphql.ts';
import type { AccountPermissions } from '../permissions/account-permissions.ts';
import { confineWallet, type ConfinementParts, readConfinementPlan } from './confine-wallet.ts';
import { judgeKey, type KeyPowers } from '../permissions/key-powers.ts';
import {
  type AccountPermission,
  ConfinementPlan,
  ConfineWalletInput,
  NotePermissionChangeInput,
  type PermissionSet,
  WalletPermissions,
} from './permissions.graphql.ts';
import { notePermissionChange } from '../permissions/wallet-permissions.ts';

@Resolver(() => Wallet)
export class PermissionsResolver {
  readonly #parts: ConfinementParts;

  constructor(parts: ConfinementParts) {
    this.#parts = parts;
  }

  @FieldResolver(() => WalletPermissions, {
    nullable: true,
    description: 'Who may do what on its account; null before it was first looked at.',
  })
  async permissions(
    @Root() { id }: WalletRow,
    @Ctx() { loaders }: DeskContext,
  ): Promise<WalletPermissions | null> {
    const row = await loaders.walletPermissions.load(id);
    if (!row) return null;
    const powers = judgeKey(row.permissions, row.signer ?? row.address, row.permissionId);
    return { ...row, set: shown(row.permissions, powers) };
  }

  @Query(() => ConfinementPlan, {
    description: 'What confining the desk’s key of a wallet would do and cost; changes nothing.',
  })
  async confinementPlan(
    @Arg('walletId', () => ID, { description: 'Which wallet.' }) walletId: string,
    @Arg('coldOwner', () => AddressScalar, {
      nullable: true,
      description: 'Who shall alone own the account; null leaves the owner and confines nothing.',
    })
    coldOwner: Address | null | undefined,
  ): Promise<ConfinementPlan> {
    const plan = await readConfinementPlan(this.#parts, { walletId, coldOwner: coldOwner ?? null });
    return {
      ...plan,
      before: shown(plan.before, plan.powersBefore),
      after: shown(plan.after, plan.powersAfter),
      fee: plan.feeSun,
      bandwidthFee: plan.bandwidthFeeSun,
    };
  }

  @Mutation(() => Wallet, {
    description:
      'Replaces the permissions of a wallet’s account so that the desk’s key can delegate and take back, and nothing else. With a cold owner the desk can never undo it. See `confinementPlan` first.',
  })
  async confineWallet(
    @Arg('input', () => ConfineWalletInput, { description: 'Wallet, owner and confirmation.' })
    { walletId, coldOwner, confirm, clientId, reason }: ConfineWalletInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<WalletRow> {
    const wish = { walletId, coldOwner: coldOwner ?? null };
    await confineWallet(
      this.#parts,
      { ...wish, actor, confirm, clientId, reason },
      (em, operationId, plan) =>
        audit.record(
          em,
          'wallet.confine',
          { kind: 'wallet', id: walletId },
          { operationId, coldOwner: wish.coldOwner, confines: plan.confines, reason },
        ),
    );
    return present(await loaders.wallet.load(walletId), 'wallet');
  }

  @Mutation(() => Wallet, {
    description: 'Ends the alarm of a permission change; a wallet in quarantine stays there.',
  })
  async notePermissionChange(
    @Arg('input', () => NotePermissionChangeInput, { description: 'Wallet and what it was.' })
    { walletId, reason }: NotePermissionChangeInput,
    @Ctx() { actor, audit, loaders }: DeskContext,
  ): Promise<WalletRow> {
    await this.#parts.database.transaction(actor, async (em) => {
      await notePermissionChange(em, walletId, reason);
      const subject = { kind: 'wallet', id: walletId };
      await audit.record(em, 'wallet.note_permissions', subject, { reason: reason.trim() });
    });
    return present(await loaders.wallet.load(walletId), 'wallet');
  }
}

function shown({ owner, actives }: AccountPermissions, powers: KeyPowers): PermissionSet {
  return {
    owner: shownPermission(OWNER_PERMISSION, owner, []),
    actives: actives.map((one, index) =>
      shownPermission(FIRST_ACTIVE_PERMISSION + index, one, contractsOf(one.operations)),
    ),
    ...powers,
  };
}

function shownPermission(
  id: number,
  { name, threshold, keys }: Permission,
  operations: readonly string[],
): AccountPermission {
  return {
    id,
    name,
    threshold: threshold.toString(),
    keys: keys.map((key) => ({ address: key.address, weight: key.weight.toString() })),
    operations,
  };
}
