import { tronPower } from '../state/account.ts';
import type { Account, Resource, ResourceState } from '../state/account.ts';
import { globalsOf } from '../state/chain-state.ts';
import { counterparts } from '../rules/delegation-index.ts';
import { pairKey } from '../rules/delegate.ts';
import { maxUnfreezes, slotMs, trx } from '../rules/parameters.ts';
import { permissionsOf } from '../rules/permissions.ts';
import { delegatable, freeUsageAt, limitOf, usageAt } from '../rules/resource-usage.ts';
import { pendingReward } from '../rules/rewards.ts';
import { waitingUnfreezes, withdrawable } from '../rules/stake.ts';
import { shownAddress } from '../chain/block.ts';
import { printMessage } from '../wire/json.ts';
import { permission } from '../wire/messages.ts';
import { JsonObject } from './request.ts';
import type { Handler, NodeRequest } from './request.ts';

function found(request: NodeRequest, name = 'address'): Account | undefined {
  return request.view.state.accounts.get(request.address(name));
}

function windowOf(state: ResourceState, prefix: string, into: JsonObject): void {
  if (state.window === 0n) into.number(`${prefix}_window_size`, 28_800);
  else into.number(`${prefix}_window_size`, state.window).flag(`${prefix}_window_optimized`, true);
}

function consumeTime(request: NodeRequest, time: bigint): bigint {
  return time === 0n ? 0n : BigInt(request.chain.epoch) + time * BigInt(slotMs);
}

function accountResourceJson(request: NodeRequest, { energy }: Account): string {
  const json = new JsonObject();
  json.number('energy_usage', usageAt(energy, request.view.slot));
  json.number('latest_consume_time_for_energy', consumeTime(request, energy.time));
  windowOf(energy, 'energy', json);
  json.number('delegated_frozenV2_balance_for_energy', energy.delegated);
  json.number('acquired_delegated_frozenV2_balance_for_energy', energy.acquired);
  return json.toString();
}

function frozenJson(account: Account): string[] {
  return [
    new JsonObject().number('amount', account.net.frozen).toString(),
    new JsonObject().text('type', 'ENERGY').number('amount', account.energy.frozen).toString(),
    '{"type":"TRON_POWER"}',
  ];
}

const account: Handler = (request) => {
  const entry = found(request);
  if (!entry) return '{}';
  const { visible, view } = request;
  const show = (address: string): string => shownAddress(address, visible);
  const { owner, actives } = permissionsOf(entry);
  const json = new JsonObject()
    .text('address', show(entry.address))
    .number('balance', entry.balance)
    .list(
      'votes',
      entry.votes.map((vote) =>
        JSON.stringify({
          vote_address: show(vote.vote_address),
          vote_count: Number(vote.vote_count),
        }),
      ),
    )
    .number('create_time', entry.createTime)
    .text('type', entry.contract === undefined ? '' : 'Contract')
    .number('latest_opration_time', entry.operationTime)
    .number('allowance', entry.allowance)
    .number('latest_withdraw_time', entry.withdrawTime)
    .flag('is_witness', view.state.witnesses.get(entry.address) !== undefined)
    .number('net_usage', usageAt(entry.net, view.slot))
    .number('free_net_usage', freeUsageAt(entry, view.slot))
    .number('latest_consume_time', consumeTime(request, entry.net.time))
    .number('latest_consume_free_time', consumeTime(request, entry.freeTime));
  windowOf(entry.net, 'net', json);
  return json
    .raw('account_resource', accountResourceJson(request, entry))
    .number('delegated_frozenV2_balance_for_bandwidth', entry.net.delegated)
    .number('acquired_delegated_frozenV2_balance_for_bandwidth', entry.net.acquired)
    .raw('owner_permission', printMessage(permission, owner, visible))
    .list(
      'active_permission',
      actives.map((active) => printMessage(permission, active, visible)),
    )
    .list('frozenV2', frozenJson(entry))
    .list(
      'unfrozenV2',
      entry.unfrozen.map(({ resource, amount, expire }) =>
        new JsonObject()
          .text('type', resource === 'ENERGY' ? 'ENERGY' : '')
          .number('unfreeze_amount', amount)
          .number('unfreeze_expire_time', expire)
          .toString(),
      ),
    )
    .toString();
};

const accountResource: Handler = (request) => {
  const entry = found(request);
  if (!entry) return '{}';
  const { state, slot } = request.view;
  const { parameters } = request.chain;
  const globals = globalsOf(state);
  const votes = entry.votes.reduce((sum, vote) => sum + vote.vote_count, 0n);
  return new JsonObject()
    .number('freeNetUsed', freeUsageAt(entry, slot))
    .number('freeNetLimit', parameters.freeNetLimit)
    .number('NetUsed', usageAt(entry.net, slot))
    .number('NetLimit', limitOf(state, parameters, entry, 'BANDWIDTH'))
    .number('TotalNetLimit', parameters.totalNetLimit)
    .number('TotalNetWeight', globals.totalNetWeight)
    .number('TotalTronPowerWeight', globals.totalNetWeight + globals.totalEnergyWeight)
    .number('tronPowerUsed', votes)
    .number('tronPowerLimit', tronPower(entry) / trx)
    .number('EnergyUsed', usageAt(entry.energy, slot))
    .number('EnergyLimit', limitOf(state, parameters, entry, 'ENERGY'))
    .number('TotalEnergyLimit', parameters.totalEnergyLimit)
    .number('TotalEnergyWeight', globals.totalEnergyWeight)
    .toString();
};

const accountNet: Handler = (request) => {
  const entry = found(request);
  if (!entry) return '{}';
  const { state, slot } = request.view;
  const { parameters } = request.chain;
  return new JsonObject()
    .number('freeNetUsed', freeUsageAt(entry, slot))
    .number('freeNetLimit', parameters.freeNetLimit)
    .number('NetUsed', usageAt(entry.net, slot))
    .number('NetLimit', limitOf(state, parameters, entry, 'BANDWIDTH'))
    .number('TotalNetLimit', parameters.totalNetLimit)
    .number('TotalNetWeight', globalsOf(state).totalNetWeight)
    .toString();
};

const delegatedResource: Handler = (request) => {
  const from = request.address('fromAddress');
  const to = request.address('toAddress');
  const row = request.view.state.delegations.get(pairKey(from, to));
  if (!row) return '{}';
  const ends = new JsonObject()
    .text('from', shownAddress(from, request.visible))
    .text('to', shownAddress(to, request.visible))
    .toString()
    .slice(0, -1);
  const rows: string[] = [];
  const add = (net: bigint, energy: bigint, netExpire: number, energyExpire: number): void => {
    if (net === 0n && energy === 0n) return;
    const amounts = new JsonObject()
      .number('frozen_balance_for_bandwidth', net)
      .number('frozen_balance_for_energy', energy)
      .number('expire_time_for_bandwidth', netExpire)
      .number('expire_time_for_energy', energyExpire);
    rows.push(`${ends},${amounts.toString().slice(1)}`);
  };
  add(row.net, row.energy, 0, 0);
  add(row.lockedNet, row.lockedEnergy, row.netExpire, row.energyExpire);
  return new JsonObject().list('delegatedResource', rows).toString();
};

const delegatedIndex: Handler = (request) => {
  const address = request.address('value');
  const { state } = request.view;
  const shown = (list: string[]): string[] =>
    list.map((entry) => JSON.stringify(shownAddress(entry, request.visible)));
  const to = shown(counterparts(state, address, 'to'));
  const from = shown(counterparts(state, address, 'from'));
  if (to.length + from.length === 0) return '{}';
  return new JsonObject()
    .text('account', shownAddress(address, request.visible))
    .list('fromAccounts', from)
    .list('toAccounts', to)
    .toString();
};

/** Bytes that a node reckons for the delegation itself when bandwidth is delegated. */
const ownCost = 280n;

const canDelegate: Handler = (request) => {
  const entry = found(request, 'owner_address');
  if (!entry) return '{}';
  const resource: Resource = request.number('type') === 1n ? 'ENERGY' : 'BANDWIDTH';
  const { state, slot } = request.view;
  const extra = resource === 'BANDWIDTH' ? ownCost : 0n;
  const max = delegatable(state, request.chain.parameters, entry, resource, slot, extra);
  return new JsonObject().number('max_size', max < trx ? 0n : max).toString();
};

const unfreezeCount: Handler = (request) => {
  const entry = found(request, 'owner_address');
  if (!entry) return '{}';
  const waiting = waitingUnfreezes(entry, request.view.header.timestamp);
  return new JsonObject().number('count', maxUnfreezes - waiting).toString();
};

const canWithdraw: Handler = (request) => {
  const entry = found(request, 'owner_address');
  if (!entry) return '{}';
  const at = Number(request.number('timestamp')) || request.view.header.timestamp;
  return new JsonObject().number('amount', withdrawable(entry, at)).toString();
};

const reward: Handler = (request) => {
  const entry = found(request);
  if (!entry) return '{"reward":0}';
  return `{"reward":${pendingReward(request.view.state, entry)}}`;
};

/** Accounts, stake and delegations; the second flag says that /walletsolidity has it too. */
export const accountHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['getaccount', account, true],
  ['getaccountresource', accountResource, false],
  ['getaccountnet', accountNet, false],
  ['getdelegatedresourcev2', delegatedResource, true],
  ['getdelegatedresourceaccountindexv2', delegatedIndex, true],
  ['getcandelegatedmaxsize', canDelegate, true],
  ['getavailableunfreezecount', unfreezeCount, true],
  ['getcanwithdrawunfreezeamount', canWithdraw, true],
  ['getReward', reward, true],
  ['getreward', reward, true],
];
