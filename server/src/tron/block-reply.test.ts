import { describe, expect, it } from 'vitest';
import { addressOfKey } from '../chain/address.ts';
import { readBlock, readBlocks, readHeader } from './block-reply.ts';
import { buildTransaction } from '../chain/build-transaction.ts';

/** Two blocks of the Nile network as the documentation of java-tron 4.8.2 shows them. */
const nile = [
  {
    blockID: '0000000003fe262d52bfa4b2814f816fd2e57af5b98a33d60d8630a03a908e0e',
    block_header: {
      raw_data: {
        number: 66987565,
        txTrieRoot: 'faf8fe3858339ead25cc892461c82a59b84dca4a51c45b026676bf3f45a352a2',
        witness_address: '41b2f713d57dbcec679d93a8849fa0cd0e4db594ba',
        parentHash: '0000000003fe262c85cd6b02033f4c3e5c1efa35de256a17bd906dc61fb1aeed',
        version: 34,
        timestamp: 1777445121000,
      },
    },
  },
  {
    blockID: '0000000003fe266c55d8ec678995cff469dd46ee18671a96f5866f8cb227eed8',
    block_header: {
      raw_data: {
        number: 66987628,
        txTrieRoot: '1e45d06980078902492470bbce85cf652261f50881503ee81df6fd041af98848',
        witness_address: '416606973497a56dcfcedb684e60a2386f2ae39db5',
        parentHash: '0000000003fe266bf6b6d392f654dc2e5011601546ed04623d9fcc4e9d439a25',
        version: 34,
        timestamp: 1777445310000,
      },
    },
  },
] as const;

const owner = addressOfKey('22'.repeat(32));
const receiver = addressOfKey('33'.repeat(32));
const built = buildTransaction(
  { kind: 'delegate', owner, receiver, amountSun: 2n ** 60n + 1n, resource: 'ENERGY' },
  {
    refBlock: { number: nile[0].block_header.raw_data.number, id: nile[0].blockID },
    expirationMs: 1_777_445_180_000,
    timestampMs: 1_777_445_120_000,
    permissionId: 2,
  },
);
const transaction = {
  txID: built.txid,
  raw_data_hex: built.rawDataHex,
  ret: [{ contractRet: 'SUCCESS' }],
};

describe('a block of a real network', () => {
  it.each(nile)('proves its own id: $blockID', (reply) => {
    expect(readHeader(reply)).toMatchObject({
      number: reply.block_header.raw_data.number,
      id: reply.blockID,
      parentId: reply.block_header.raw_data.parentHash,
      timeMs: reply.block_header.raw_data.timestamp,
    });
  });

  it.each([
    ['number', 66987566],
    ['txTrieRoot', '00'.repeat(32)],
    ['witness_address', '41'.repeat(21)],
    ['parentHash', '11'.repeat(32)],
    ['version', 33],
    ['timestamp', 1777445124000],
    ['accountStateRoot', '22'.repeat(32)],
  ])('does not pass with another %s', (field, value) => {
    const raw_data = { ...nile[0].block_header.raw_data, [field]: value };
    expect(() => readHeader({ ...nile[0], block_header: { raw_data } })).toThrow(/block 6698756/);
  });

  it('is believed where its header has a field that we cannot know', () => {
    const raw_data = { ...nile[0].block_header.raw_data, newField: 1 };
    expect(readHeader({ ...nile[0], block_header: { raw_data } }).number).toBe(66987565);
  });
});

describe('the transactions of a block', () => {
  // The header is another block's: whether it proves them is not what these tests ask.
  const read = (reply: unknown) => readBlock(reply, { unproved: true });

  it('are read from their bytes, to the last digit', () => {
    const [first] = read({ ...nile[0], transactions: [transaction] }).transactions;
    expect(first).toMatchObject({
      txid: built.txid,
      index: 0,
      kind: 'DelegateResourceContract',
      owner,
      permissionId: 2,
      succeeded: true,
      expirationMs: 1_777_445_180_000,
      value: { receiver, amountSun: 2n ** 60n + 1n, resource: 'ENERGY', lock: false },
    });
  });

  it('cannot be made up by a field', () => {
    const other = buildTransaction(
      { kind: 'transfer', owner, to: receiver, amountSun: 5n },
      {
        refBlock: { number: 1, id: nile[0].blockID },
        expirationMs: 2,
        timestampMs: 1,
        permissionId: 0,
      },
    );
    const fake = { ...transaction, txID: other.txid };
    expect(() => read({ ...nile[0], transactions: [fake] })).toThrow(/has the bytes of/);
    // What the JSON says about the content does not count.
    const raw_data = { contract: [{ parameter: { value: { balance: 1 } }, type: 'Transfer' }] };
    const [first] = read({
      ...nile[0],
      transactions: [{ ...transaction, raw_data }],
    }).transactions;
    expect(first?.kind).toBe('DelegateResourceContract');
  });

  it.each([
    ['SUCCESS', true],
    ['OUT_OF_ENERGY', false],
    ['REVERT', false],
  ])('with result %s have succeeded: %s', (contractRet, succeeded) => {
    const block = read({
      ...nile[0],
      transactions: [{ ...transaction, ret: [{ contractRet }] }],
    });
    expect(block.transactions[0]?.succeeded).toBe(succeeded);
  });

  it('of a system contract without a result have succeeded, as of old', () => {
    const { txID, raw_data_hex } = transaction;
    const [first] = read({ ...nile[0], transactions: [{ txID, raw_data_hex }] }).transactions;
    expect(first?.succeeded).toBe(true);
  });

  it.each([
    ['no bytes', { ...transaction, raw_data_hex: '' }],
    ['half a byte', { ...transaction, raw_data_hex: `${built.rawDataHex}0` }],
    ['no id', { ...transaction, txID: undefined }],
    ['a number', 5],
  ])('are refused with %s', (_what, wrong) => {
    expect(() => read({ ...nile[0], transactions: [wrong] })).toThrow();
    expect(() => readBlocks({ block: [{ ...nile[0], transactions: [wrong] }] })).toThrow();
  });
});
