import { fullWindow } from '../rules/parameters.ts';
import { globalsOf } from '../state/chain-state.ts';
import { shownAddress } from '../chain/block.ts';
import { witnessKeys } from '../chain/genesis.ts';
import { JsonObject } from './request.ts';
import type { Handler, NodeRequest } from './request.ts';

const chainParameters: Handler = (request) => {
  const { parameters: own } = request.chain;
  const values: Record<string, bigint | number> = {
    getMaintenanceTimeInterval: own.maintenanceInterval,
    getAccountUpgradeCost: 9_999_000_000,
    getCreateAccountFee: own.createAccountFee,
    getTransactionFee: own.bandwidthPrice,
    getAssetIssueFee: 1_024_000_000,
    getWitnessPayPerBlock: own.blockReward,
    getWitnessStandbyAllowance: 0,
    getCreateNewAccountFeeInSystemContract: own.newAccountFee,
    getCreateNewAccountBandwidthRate: 1,
    getAllowCreationOfContracts: 1,
    getRemoveThePowerOfTheGr: -1,
    getEnergyFee: own.energyPrice,
    getExchangeCreateFee: 1_024_000_000,
    getMaxCpuTimeOfOneTx: 80,
    getAllowUpdateAccountName: 0,
    getAllowSameTokenName: 1,
    getAllowDelegateResource: 1,
    getTotalEnergyLimit: own.totalEnergyLimit,
    getAllowTvmTransferTrc10: 1,
    getTotalEnergyCurrentLimit: own.totalEnergyLimit,
    getAllowMultiSign: 1,
    getAllowAdaptiveEnergy: 0,
    getUpdateAccountPermissionFee: own.permissionUpdateFee,
    getMultiSignFee: own.multiSignFee,
    getAllowChangeDelegation: 1,
    getWitness127PayPerBlock: own.voteReward,
    getForbidTransferToContract: 1,
    getAllowTvmSolidity059: 1,
    getFreeNetLimit: own.freeNetLimit,
    getTotalNetLimit: own.totalNetLimit,
    getMemoFee: own.memoFee,
    getUnfreezeDelayDays: own.unfreezeDelayDays,
    getAllowDynamicEnergy: 1,
    getDynamicEnergyThreshold: 5_000_000_000,
    getDynamicEnergyIncreaseFactor: 2_000,
    getDynamicEnergyMaxFactor: 34_000,
    getAllowCancelAllUnfreezeV2: 1,
    getMaxDelegateLockPeriod: own.maxDelegateLockPeriod,
    getMaxFeeLimit: 15_000_000_000,
  };
  const list = Object.entries(values).map(([key, value]) =>
    new JsonObject().text('key', key).number('value', value).toString(),
  );
  return new JsonObject().list('chainParameter', list).toString();
};

const energyPrices: Handler = (request) =>
  JSON.stringify({
    prices: `0:100,1542607200000:20,1544724000000:10,1606537680000:40,1635422400000:280,1670133600000:420,1725025800000:210,1756457400000:${request.chain.parameters.energyPrice}`,
  });

const bandwidthPrices: Handler = (request) =>
  JSON.stringify({
    prices: `0:10,1606537680000:40,1613035800000:140,1626581880000:${request.chain.parameters.bandwidthPrice}`,
  });

const memoFee: Handler = (request) =>
  JSON.stringify({ prices: `0:0,1675492680000:${request.chain.parameters.memoFee}` });

const witnesses: Handler = (request) => {
  const { state } = request.view;
  const list = [...witnessKeys().keys()].map((address) => {
    const witness = state.witnesses.get(address);
    return new JsonObject()
      .text('address', shownAddress(address, request.visible))
      .number('voteCount', witness?.voteCount ?? 0n)
      .text('url', witness?.url ?? '')
      .flag('isJobs', true)
      .toString();
  });
  return new JsonObject().list('witnesses', list).toString();
};

const maintenance: Handler = (request) =>
  new JsonObject().number('num', globalsOf(request.view.state).nextMaintenance).toString();

const burned: Handler = (request) =>
  new JsonObject().number('burnTrxAmount', globalsOf(request.view.state).burned).toString();

const brokerage: Handler = (request) => `{"brokerage":${request.chain.parameters.brokerage}}`;

function blockLine(request: NodeRequest, number: number): string {
  return `Num:${number},ID:${request.chain.blockId(number) ?? ''}`;
}

const nodeInfo: Handler = (request) => {
  const { chain, stale } = request;
  const head = Math.max(chain.head.number - stale, 0);
  const solid = Math.max(chain.solid - stale, 0);
  return JSON.stringify({
    beginSyncNum: head,
    block: blockLine(request, head),
    solidityBlock: blockLine(request, solid),
    currentConnectCount: 30,
    activeConnectCount: 15,
    passiveConnectCount: 15,
    totalFlow: 0,
    peerList: [],
    configNodeInfo: { codeVersion: '4.8.2', p2pVersion: '11111', supportConstant: true },
    machineInfo: { recoveryWindowSlots: Number(fullWindow) },
  });
};

const nodes: Handler = () => '{"nodes":[]}';

/** Figures of the network; the second flag says that /walletsolidity has it too. */
export const networkHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['getchainparameters', chainParameters, false],
  ['getenergyprices', energyPrices, true],
  ['getbandwidthprices', bandwidthPrices, true],
  ['getmemofee', memoFee, false],
  ['listwitnesses', witnesses, true],
  ['getnextmaintenancetime', maintenance, false],
  ['getburntrx', burned, true],
  ['getBrokerage', brokerage, true],
  ['getbrokerage', brokerage, true],
  ['getnodeinfo', nodeInfo, true],
  ['listnodes', nodes, false],
];
