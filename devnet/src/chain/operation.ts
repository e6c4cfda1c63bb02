import { newAccount, withResource } from '../state/account.ts';
import type { Account, ContractKind, Resource } from '../state/account.ts';
import { putAccount } from '../rules/context.ts';
import type { RuleContext } from '../rules/context.ts';
import { increaseUsage } from '../rules/resource-usage.ts';
import { addStake } from '../rules/stake.ts';

/**
 * A set-up step of the control endpoints that no transaction can do. It is part of the block that
 * executed it, so that a restart repeats it; the node API does not show it.
 */
export type Operation =
  | {
      readonly kind: 'stake';
      readonly address: string;
      readonly sun: bigint;
      readonly resource: Resource;
    }
  | {
      readonly kind: 'use';
      readonly address: string;
      readonly units: bigint;
      readonly resource: Resource;
    }
  | { readonly kind: 'deploy'; readonly address: string; readonly contract: ContractKind }
  | { readonly kind: 'credit'; readonly address: string; readonly sun: bigint };

function apply(context: RuleContext, account: Account, operation: Operation): Account {
  switch (operation.kind) {
    case 'stake':
      return addStake(context, account, operation.resource, operation.sun);
    case 'credit':
      return { ...account, balance: account.balance + operation.sun };
    case 'deploy':
      return { ...account, contract: operation.contract };
    case 'use': {
      const state = operation.resource === 'ENERGY' ? account.energy : account.net;
      const change = increaseUsage(state, operation.units, context.slot);
      return withResource(account, operation.resource, change);
    }
  }
}

/** Executes a set-up step; it activates the account when it is new. */
export function executeOperation(context: RuleContext, operation: Operation): void {
  const known = context.state.accounts.get(operation.address);
  const account = known ?? newAccount(operation.address, context.now);
  putAccount(context, apply(context, account, operation));
}
