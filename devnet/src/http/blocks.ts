import { textOf } from '../chain/block.ts';
import type { Block, Text } from '../chain/block.ts';
import { toBase58 } from '../wire/address.ts';
import { printTransaction } from '../wire/transaction.ts';
import type { Handler, NodeRequest } from './request.ts';

function blockAt(request: NodeRequest, number: number): Block | undefined {
  return number >= 0 && number <= request.top ? request.chain.block(number) : undefined;
}

function whole(request: NodeRequest, number: number): Text {
  return blockAt(request, number)?.json(request.visible) ?? '{}';
}

const nowBlock: Handler = (request) => whole(request, request.top);

const blockByNum: Handler = (request) => whole(request, Number(request.number('num')));

const blockById: Handler = (request) => {
  const number = request.chain.blockNumberOf(request.text('value').toLowerCase());
  return number === undefined ? '{}' : whole(request, number);
};

const block: Handler = (request) => {
  const wanted = request.text('id_or_num');
  const number =
    wanted === ''
      ? request.top
      : /^\d+$/.test(wanted) && wanted.length < 64
        ? Number(wanted)
        : (request.chain.blockNumberOf(wanted.toLowerCase()) ?? -1);
  const found = blockAt(request, number);
  if (!found) return '{}';
  return request.flag('detail') ? found.json(request.visible) : found.headerJson(request.visible);
};

function list(request: NodeRequest, first: number, end: number): Text {
  const parts: Buffer[] = [];
  for (let number = first; number < end; number++) {
    const found = blockAt(request, number);
    if (!found) continue;
    parts.push(Buffer.from(parts.length === 0 ? '{"block":[' : ','));
    parts.push(Buffer.from(found.json(request.visible)));
  }
  return parts.length === 0 ? '{}' : Buffer.concat([...parts, Buffer.from(']}')]);
}

const blockByLimitNext: Handler = (request) => {
  const first = Number(request.number('startNum'));
  const end = Number(request.number('endNum'));
  if (first < 0 || end <= first || end - first > 100) return '{}';
  return list(request, first, end);
};

const blockByLatestNum: Handler = (request) => {
  const count = Number(request.number('num'));
  if (count <= 0 || count >= 100) return '{}';
  return list(request, Math.max(request.top - count + 1, 0), request.top + 1);
};

const transactionById: Handler = (request) => {
  const txid = request.text('value').toLowerCase();
  const waiting = request.withPending ? request.chain.pool.get(txid) : undefined;
  if (waiting) return printTransaction(waiting.transaction, request.visible, 'SUCCESS');
  const place = request.chain.find(txid);
  if (!place) return '{}';
  return blockAt(request, place.number)?.transactionJson(place.position, request.visible) ?? '{}';
};

/** Rewrites the addresses of an info as `visible` shows them. */
function visibleInfo(json: string): string {
  return JSON.stringify(
    JSON.parse(json, (key, value: unknown) => {
      if (typeof value !== 'string') return value;
      if (key === 'contract_address' || key === 'caller_address') return toBase58(value);
      if (key === 'transferTo_address') return toBase58(value);
      if (key === 'address') return toBase58(`41${value}`);
      if (key === 'resMessage') return Buffer.from(value, 'hex').toString();
      return value;
    }),
  );
}

const infoById: Handler = (request) => {
  const place = request.chain.find(request.text('value').toLowerCase());
  const info = place && blockAt(request, place.number)?.infoJson(place.position);
  if (info === undefined) return '{}';
  return request.visible ? visibleInfo(info) : info;
};

const infosByBlock: Handler = (request) => {
  const number = Number(request.number('num'));
  const found = number > 0 ? blockAt(request, number) : undefined;
  if (!found) return number > 0 ? '[]' : '{}';
  return request.visible ? visibleInfo(textOf(found.infosJson)) : found.infosJson;
};

const countByBlock: Handler = (request) => {
  const found = blockAt(request, Number(request.number('num')));
  return `{"count":${found?.results.length ?? -1}}`;
};

const pendingTransaction: Handler = (request) => {
  const waiting = request.chain.pool.get(request.text('value').toLowerCase());
  return waiting ? printTransaction(waiting.transaction, request.visible, 'SUCCESS') : '{}';
};

const pendingList: Handler = (request) => {
  const ids = request.chain.pool.entries().map(({ transaction }) => transaction.txid);
  return ids.length === 0 ? '{}' : JSON.stringify({ txId: ids });
};

const pendingSize: Handler = (request) => JSON.stringify({ pendingSize: request.chain.pool.size });

/** Blocks and transactions; the second flag says that /walletsolidity has it too. */
export const blockHandlers: readonly (readonly [string, Handler, boolean])[] = [
  ['getnowblock', nowBlock, true],
  ['getblock', block, true],
  ['getblockbynum', blockByNum, true],
  ['getblockbyid', blockById, true],
  ['getblockbylimitnext', blockByLimitNext, true],
  ['getblockbylatestnum', blockByLatestNum, true],
  ['gettransactionbyid', transactionById, true],
  ['gettransactioninfobyid', infoById, true],
  ['gettransactioninfobyblocknum', infosByBlock, true],
  ['gettransactioncountbyblocknum', countByBlock, true],
  ['gettransactionfrompending', pendingTransaction, false],
  ['gettransactionlistfrompending', pendingList, false],
  ['getpendingsize', pendingSize, false],
];
