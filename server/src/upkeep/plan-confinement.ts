import { formatAmount } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import { FIRST_ACTIVE_PERMISSION, operationsFor } from '../tron/permissions.ts';
import { SELLING_CONTRACTS } from '../wallets/judge-signer.ts';
import type { AccountPermissions } from '../permissions/account-permissions.ts';
import { judgeKey, type KeyPowers, usableUnder } from '../permissions/key-powers.ts';

/** What a plan is made from. */
export interface ConfinementFacts {
  readonly address: Address;
  /** The desk's key of the wallet; null where it is not known. */
  readonly signer: Address | null;
  readonly permissionId: number;
  readonly present: AccountPermissions;
  /** Sun on the account that no operation under way will take. */
  readonly balance: bigint;
  /** Of a permission update and of the bytes of its transaction when no bandwidth is left; sun. */
  readonly feeSun: bigint;
  readonly bandwidthFeeSun: bigint;
  /** A permission update of the wallet is on its way, or its effect was not seen yet. */
  readonly underWay: boolean;
  /** Who shall own the account; null leaves it to who owns it now, which confines nothing. */
  readonly cold: {
    readonly address: Address;
    readonly activated: boolean;
    readonly isContract: boolean;
    /** The desk holds its key, or the key of an account of the pool. */
    readonly isOurs: boolean;
  } | null;
}

/** Something that must hold, and whether it does. */
export interface PlanCheck {
  readonly name: string;
  readonly passed: boolean;
  /** The input field at fault. */
  readonly field: string;
  readonly detail: string;
}

/** What confining a wallet's key would do; nothing has been done yet. */
export interface ConfinementPlan {
  readonly before: AccountPermissions;
  readonly after: AccountPermissions;
  /** Under which the desk signs afterwards. */
  readonly permissionAfter: number;
  readonly powersBefore: KeyPowers;
  readonly powersAfter: KeyPowers;
  /** Contracts that the desk's key can sign now and could not sign afterwards. */
  readonly loses: readonly string[];
  readonly feeSun: bigint;
  /** At the most, when no bandwidth is left. */
  readonly bandwidthFeeSun: bigint;
  readonly checks: readonly PlanCheck[];
  readonly warnings: readonly string[];
  /** Whether it can be done now, and whether it would leave the key able to sell and nothing else. */
  readonly possible: boolean;
  readonly confines: boolean;
}

const UPDATE = 'AccountPermissionUpdateContract';
const NAME = 'energy desk';

/** The permissions before and after, what is lost, what it costs, and what speaks against it. */
export function planConfinement(facts: ConfinementFacts): ConfinementPlan {
  const { address, signer, permissionId, present, cold, feeSun, bandwidthFeeSun } = facts;
  const key = signer ?? address;
  const after: AccountPermissions = {
    owner: cold
      ? { name: 'owner', threshold: 1n, keys: [{ address: cold.address, weight: 1n }] }
      : present.owner,
    actives: [
      {
        name: NAME,
        threshold: 1n,
        keys: [{ address: key, weight: 1n }],
        operations: operationsFor(SELLING_CONTRACTS),
      },
    ],
  };
  const powersBefore = judgeKey(present, key, permissionId);
  const powersAfter = judgeKey(after, key, FIRST_ACTIVE_PERMISSION);
  const kept = new Set(powersAfter.beyond);
  const checks = checksOf(facts);
  return {
    before: present,
    after,
    permissionAfter: FIRST_ACTIVE_PERMISSION,
    powersBefore,
    powersAfter,
    loses: powersBefore.beyond.filter((contract) => !kept.has(contract)),
    feeSun,
    bandwidthFeeSun,
    checks,
    warnings: warningsOf(facts, powersAfter),
    possible: checks.every(({ passed }) => passed),
    confines: powersAfter.verdict === 'CONFINED',
  };
}

function checksOf(facts: ConfinementFacts): PlanCheck[] {
  const { signer, permissionId, present, balance, cold, underWay } = facts;
  const needed = facts.feeSun + facts.bandwidthFeeSun;
  const may = signer !== null && usableUnder(present, signer, permissionId).includes(UPDATE);
  const wallet = 'input.walletId';
  const checks: PlanCheck[] = [
    {
      name: 'key',
      field: wallet,
      passed: may,
      detail: may
        ? `The desk’s key ${signer} may replace the permissions, under permission ${permissionId}.`
        : 'The desk’s key may not replace the permissions of this account. Whoever owns it must do that.',
    },
    {
      name: 'balance',
      field: wallet,
      passed: balance >= needed,
      detail: `It costs ${formatAmount(facts.feeSun)} TRX, and up to ${formatAmount(facts.bandwidthFeeSun)} TRX for its bytes; the wallet has ${formatAmount(balance)} TRX to spend.`,
    },
    {
      name: 'alone',
      field: wallet,
      passed: !underWay,
      detail: underWay
        ? 'A permission update of this wallet is under way. Wait until it is solid and seen, about two minutes.'
        : 'No other permission update of this wallet is under way.',
    },
  ];
  if (!cold) return checks;
  const field = 'input.coldOwner';
  return [
    ...checks,
    {
      name: 'cold address is another key',
      field,
      passed: !cold.isOurs && cold.address !== signer && cold.address !== facts.address,
      detail: 'The cold owner must be an address whose key the desk does not hold.',
    },
    {
      name: 'cold address is a person’s account',
      field,
      passed: cold.activated && !cold.isContract,
      detail: cold.isContract
        ? 'The cold address is a contract, which can sign nothing.'
        : 'The cold address must be activated on the chain: an address that never had TRX is a typing error, or has never been tried.',
    },
  ];
}

function warningsOf({ cold, present, signer }: ConfinementFacts, after: KeyPowers): string[] {
  const others = present.actives.flatMap(({ name, keys }) =>
    keys.some(({ address }) => address !== signer) ? [name || 'without a name'] : [],
  );
  return [
    ...(cold
      ? [
          `From then on ${cold.address} alone owns the account. The desk can never undo this; who loses that key loses the wallet with its stake.`,
          'Staking, unstaking, voting, claiming, transfers and permissions then need the cold key; the desk can no longer do any of them for this wallet.',
        ]
      : [
          'Without a cold owner this is no confinement: the desk’s key still owns the account and can do everything. It only signs under the smaller permission from then on.',
        ]),
    ...(others.length > 0
      ? [`Other keys lose what these permissions gave them: ${others.join(', ')}.`]
      : []),
    'What is signed under the old permission and not yet in a block is refused by the chain; it is proved dead and tried again, which may take about two minutes.',
    'A stolen key can then still delegate all of the Energy, locked for up to 30 days, and take it back from customers.',
    ...(after.missing.length > 0 ? ['The desk could not sell from this wallet afterwards.'] : []),
  ];
}
