import type { Execution } from '../rules/execute.ts';
import type { Effect, VmReceipt } from '../rules/effect.ts';

function field(name: string, value: bigint | number | undefined): string {
  return value === undefined || BigInt(value) === 0n ? '' : `"${name}":${value},`;
}

function object(content: string): string {
  return `{${content.endsWith(',') ? content.slice(0, -1) : content}}`;
}

function receiptJson({ bill, effect }: Execution): string {
  const { vm } = effect;
  let content = '';
  if (vm) {
    content += field('energy_usage', vm.energyUsage) + field('energy_fee', vm.energyFee);
    content += field('energy_usage_total', vm.energyTotal);
  }
  content += field('net_usage', bill.netUsage) + field('net_fee', bill.netFee);
  if (vm) content += `"result":"${vm.result}",${field('energy_penalty_total', vm.penalty)}`;
  return object(content);
}

function logsJson(vm: VmReceipt): string {
  if (vm.logs.length === 0) return '';
  const logs = vm.logs.map(
    ({ address, topics, data }) =>
      `{"address":"${address}","topics":${JSON.stringify(topics)},"data":"${data}"}`,
  );
  return `"log":[${logs.join(',')}],`;
}

function internalJson(vm: VmReceipt): string {
  if (vm.internal.length === 0) return '';
  const list = vm.internal.map((entry) => {
    const value = entry.value === 0n ? '{}' : `{"callValue":${entry.value}}`;
    const rejected = entry.rejected ? ',"rejected":true' : '';
    return (
      `{"hash":"${entry.hash}","caller_address":"${entry.caller}",` +
      `"transferTo_address":"${entry.to}","callValueInfo":[${value}],"note":"63616c6c"${rejected}}`
    );
  });
  return `"internal_transactions":[${list.join(',')}],`;
}

function cancelledJson(effect: Effect): string {
  if (!effect.cancelled) return '';
  const list = Object.entries(effect.cancelled).map(([key, value]) =>
    object(`"key":"${key}",${field('value', value)}`),
  );
  return `"cancel_unfreezeV2_amount":[${list.join(',')}],`;
}

/** Sun that the transaction cost: bandwidth, contract, memo, signatures, energy. */
function totalFee({ bill, effect }: Execution): bigint {
  return bill.netFee + bill.otherFee + effect.fee + (effect.vm?.energyFee ?? 0n);
}

/** gettransactioninfobyid's answer with hex addresses; proto3 defaults are left out. */
export function infoJson(execution: Execution, blockNumber: number, blockTime: number): string {
  const { transaction, effect } = execution;
  const { vm } = effect;
  const failed = vm !== undefined && vm.result !== 'SUCCESS';
  return object(
    `"id":"${transaction.txid}",` +
      field('fee', totalFee(execution)) +
      field('blockNumber', blockNumber) +
      field('blockTimeStamp', blockTime) +
      `"contractResult":["${vm?.output ?? ''}"],` +
      (vm ? `"contract_address":"${vm.contract}",` : '') +
      `"receipt":${receiptJson(execution)},` +
      (vm ? logsJson(vm) : '') +
      (failed ? '"result":"FAILED",' : '') +
      (vm && vm.message !== ''
        ? `"resMessage":"${Buffer.from(vm.message).toString('hex')}",`
        : '') +
      field('withdraw_amount', effect.withdrawAmount) +
      field('unfreeze_amount', effect.unfreezeAmount) +
      (vm ? internalJson(vm) : '') +
      field('withdraw_expire_amount', effect.withdrawExpireAmount) +
      cancelledJson(effect),
  );
}
