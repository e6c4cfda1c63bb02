import { ContractValidateError } from '../rules/context.ts';
import type { LogEntry } from '../rules/effect.ts';
import { shownAddress } from '../chain/block.ts';
import { selector } from '../vm/abi.ts';
import type { Outcome } from '../vm/code.ts';
import { runCode } from '../vm/run.ts';
import { World } from '../vm/world.ts';
import type { ContractCall, ContractValue } from '../wire/messages.ts';
import { printTransaction } from '../wire/transaction.ts';
import { build } from './builders.ts';
import { JsonObject } from './request.ts';
import type { Handler, NodeRequest } from './request.ts';

function callData(request: NodeRequest): string {
  const given = request.text('data').toLowerCase().replace(/^0x/, '');
  const name = request.text('function_selector');
  if (given !== '' || name === '') return given;
  return selector(name) + request.text('parameter').toLowerCase().replace(/^0x/, '');
}

function callValue(request: NodeRequest): ContractValue<'TriggerSmartContract'> {
  return {
    owner_address: request.address('owner_address'),
    contract_address: request.address('contract_address'),
    call_value: request.number('call_value'),
    data: callData(request),
    call_token_value: request.number('call_token_value'),
    token_id: request.number('token_id'),
  };
}

function run(request: NodeRequest, value: ContractValue<'TriggerSmartContract'>): Outcome {
  const { state } = request.view;
  const world = new World(state);
  const { owner_address: caller, contract_address: contract, call_value: amount } = value;
  if (!state.accounts.get(contract)?.contract) {
    throw new ContractValidateError('Smart contract is not exist.');
  }
  if (!world.move(caller, contract, amount)) {
    throw new ContractValidateError('Validate InternalTransfer error, balance is not sufficient.');
  }
  const call = { world, contract, caller, value: amount, data: value.data, txid: '' };
  const outcome = runCode(state, call);
  if (!outcome) throw new ContractValidateError('Smart contract is not exist.');
  return outcome;
}

function refusal(request: NodeRequest, error: unknown): string {
  if (!(error instanceof ContractValidateError)) throw error;
  const text = `Contract validate error : ${error.message}`;
  const message = request.visible ? text : Buffer.from(text).toString('hex');
  return `{"result":{"code":"CONTRACT_VALIDATE_ERROR","message":${JSON.stringify(message)}}}`;
}

function logJson(log: LogEntry, visible: boolean): string {
  const address = visible ? shownAddress(`41${log.address}`, true) : log.address;
  return JSON.stringify({ address, topics: log.topics, data: log.data });
}

const constantCall: Handler = (request) => {
  try {
    const value = callValue(request);
    const outcome = run(request, value);
    const call: ContractCall = { name: 'TriggerSmartContract', value };
    const printed = printTransaction(build(request, call), request.visible, undefined, true);
    const ret = outcome.reverted ? '{"ret":"FAILED"}' : '{}';
    const text = 'REVERT opcode executed';
    const message = request.visible ? text : Buffer.from(text).toString('hex');
    const result = outcome.reverted ? `,"message":"${message}"` : '';
    return new JsonObject()
      .raw('result', `{"result":true${result}}`)
      .number('energy_used', outcome.energy + outcome.penalty)
      .raw('constant_result', `["${outcome.output}"]`)
      .number('energy_penalty', outcome.penalty)
      .list(
        'logs',
        outcome.logs.map((log) => logJson(log, request.visible)),
      )
      .raw('transaction', `{"ret":[${ret}],${printed.slice(1)}`)
      .toString();
  } catch (error) {
    return refusal(request, error);
  }
};

const estimate: Handler = (request) => {
  try {
    const { energy, penalty, reverted } = run(request, callValue(request));
    if (reverted) throw new ContractValidateError('REVERT opcode executed');
    return `{"result":{"result":true},"energy_required":${energy + penalty}}`;
  } catch (error) {
    return refusal(request, error);
  }
};

const trigger: Handler = (request) => {
  try {
    const value = callValue(request);
    if (request.chain.state.accounts.get(value.contract_address)?.contract === undefined) {
      throw new ContractValidateError('No contract or not a smart contract');
    }
    const call: ContractCall = { name: 'TriggerSmartContract', value };
    const transaction = build(request, call, request.number('fee_limit'));
    const printed = printTransaction(transaction, request.visible, undefined, true);
    return `{"result":{"result":true},"transaction":${printed}}`;
  } catch (error) {
    return refusal(request, error);
  }
};

/** Energy factor of the dynamic energy model, in 1/10000: USDT sits at its cap of 3.4. */
const usdtEnergyFactor = 34_000;

const contractInfo: Handler = (request) => {
  const address = request.address('value');
  const kind = request.view.state.accounts.get(address)?.contract;
  if (kind === undefined) return '{}';
  const state = new JsonObject().number('energy_factor', kind === 'trc20' ? usdtEnergyFactor : 0);
  return new JsonObject()
    .raw('smart_contract', `{"contract_address":"${shownAddress(address, request.visible)}"}`)
    .raw('contract_state', state.number('update_cycle', 1).toString())
    .toString();
};

/** The functions of a TRC-20 token, as getcontract describes them. */
const trc20Abi = [
  [
    'transfer',
    [
      ['_to', 'address'],
      ['_value', 'uint256'],
    ],
    'bool',
    'Nonpayable',
  ],
  [
    'transferFrom',
    [
      ['_from', 'address'],
      ['_to', 'address'],
      ['_value', 'uint256'],
    ],
    'bool',
    'Nonpayable',
  ],
  [
    'approve',
    [
      ['_spender', 'address'],
      ['_value', 'uint256'],
    ],
    'bool',
    'Nonpayable',
  ],
  ['balanceOf', [['who', 'address']], 'uint256', 'View'],
  [
    'allowance',
    [
      ['_owner', 'address'],
      ['_spender', 'address'],
    ],
    'uint256',
    'View',
  ],
  ['decimals', [], 'uint256', 'View'],
  ['symbol', [], 'string', 'View'],
  ['name', [], 'string', 'View'],
  ['totalSupply', [], 'uint256', 'View'],
] as const;

const contract: Handler = (request) => {
  const address = request.address('value');
  const kind = request.view.state.accounts.get(address)?.contract;
  if (kind === undefined) return '{}';
  const entrys = trc20Abi.map(([name, inputs, output, stateMutability]) => ({
    ...(stateMutability === 'View' ? { constant: true } : {}),
    name,
    inputs: inputs.map(([inputName, type]) => ({ name: inputName, type })),
    outputs: [{ type: output }],
    type: 'Function',
    stateMutability,
  }));
  return JSON.stringify({
    contract_address: shownAddress(address, request.visible),
    bytecode: '',
    consume_user_resource_percent: 100,
    name: kind === 'trc20' ? 'TetherToken' : 'Contract',
    origin_energy_limit: 10_000_000,
    abi: kind === 'trc20' ? { entrys } : {},
  });
};

/** Contract calls; the second flag says that /walletsolidity has it too. */
export const contractHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['triggerconstantcontract', constantCall, true],
  ['estimateenergy', estimate, true],
  ['triggersmartcontract', trigger, false],
  ['getcontractinfo', contractInfo, false],
  ['getcontract', contract, false],
];
