import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlock, UnprovenBlock } from '../tron/block-reply.ts';
import { NotRebuildable, type PrintedTransaction, transactionRoot } from './transaction-root.ts';

/** Block 33801077 of the Shasta network: one call of a contract. */
const shasta = {
  blockID: '000000000203c375c7521ef953106e9a112e1902664a91becc5f40371a7397d7',
  block_header: {
    raw_data: {
      number: 33801077,
      txTrieRoot: '30fe6502e11e110fa389d5c17e1cf53fa8df93f26297d9f27cd8c07d3558d722',
      witness_address: '41e71c365c9dbf284ca8c1eed2d7877638941b9011',
      parentHash: '000000000203c3741f9a08f594934bd26df95cc6c49b475d118e3a87aed5a4a4',
      version: 27,
      timestamp: 1684509309000,
    },
  },
  transactions: [
    {
      ret: [{ contractRet: 'SUCCESS' }],
      signature: [
        '95874b4774ba56125dfd7bf2a99a0652d4abda98c6977e3f417852b7ea6f2b81ff2f260df473d186be9586b6bbeb74b5382d7f058593fd72fb60da5d0f77f77100',
      ],
      txID: '31370141e3345421bdb92eff72f0d69aba8d04e636317ed52745d3f97e9faabb',
      raw_data_hex:
        '0a02c36222084ddf60f936a910d940f0add4a483315a8e01081f1289010a31747970652e676f6f676c65617069732e636f6d2f70726f746f636f6c2e54726967676572536d617274436f6e747261637412540a1541fcf7ab2a2fb29362babd41647a22b223f7fbedec121541c3c5115bd3f5cfe5559c634eeb250f339ae3e29c222437383d0e00000000000000000000000000000000000000000000000000000188349354c970b8e0d0a48331900180a3c347',
    },
  ],
};

/** Block 165 of a network of one's own on java-tron of 2026: one CancelAllUnfreezeV2. */
const recent = {
  blockID: '00000000000000a568a725352ccd7fbad4e65f56ed11d420a505c21f2230145d',
  block_header: {
    raw_data: {
      timestamp: 1790865510000,
      txTrieRoot: 'c85f5050cb4a05c58222017f823191d5ae1ca07b7bd7f090f493a35c10f03491',
      parentHash: '00000000000000a4b0ef6ad98a02403ebb86833716c2350b6338a6ee79df2dfc',
      number: 165,
      witness_address: '417e5f4552091a69125d5dfcb7b8c2659029395bdf',
      version: 38,
    },
  },
  transactions: [
    {
      signature: [
        '755e1552868a1734c90c28dacb66e58f85eaa5fc2845593280e3b6ee1cf1b7af793cc378d8c3ad144542502270ab852095665abfffdea306200a9942a67e161401',
      ],
      ret: [{ contractRet: 'SUCCESS' }],
      raw_data_hex:
        '0a0200a42208b0ef6ad98a02403e40b8e1e8d38f345a57083b12530a38747970652e676f6f676c65617069732e636f6d2f70726f746f636f6c2e43616e63656c416c6c556e667265657a655632436f6e747261637412170a1541dcf2957055e8fcde477a077ecfeddf5ab235754770a1899cbf8f34',
      txID: 'db8667ffea27109131fd5c113abcadd535c896590814a50dbf9eda253a8d19da',
    },
  ],
};

describe.each([
  ['Shasta', shasta],
  ['a network of 2026', recent],
])('a real block of %s', (_name, reply) => {
  const [only] = reply.transactions;

  it('proves its transaction, signature and result', () => {
    expect(readBlock(reply).transactions.map(({ txid }) => txid)).toEqual([only?.txID]);
  });

  it.each([
    ['left out', []],
    ['twice', [only, only]],
    ['with another result', [{ ...only, ret: [{ contractRet: 'OUT_OF_ENERGY' }] }]],
    ['without a result', [{ ...only, ret: undefined }]],
    ['with another signature', [{ ...only, signature: ['ab'.repeat(65)] }]],
    ['without a signature', [{ ...only, signature: undefined }]],
    ['with a result that nobody knows', [{ ...only, ret: [{ contractRet: 'SUCCESS', luck: 1 }] }]],
  ])('does not pass with it %s', (_what, transactions) => {
    expect(() => readBlock({ ...reply, transactions })).toThrow(UnprovenBlock);
  });
});

/** A whole transaction, made so that its bytes are known. */
function printed(n: number): PrintedTransaction {
  return { rawData: Uint8Array.of(n), signatures: [], results: [] };
}

/** Field 1 of one byte. */
function leafOf(n: number): Buffer {
  return hash('sha256', Uint8Array.of(0x0a, 1, n), 'buffer');
}

function both(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([left, right]), 'buffer');
}

describe('the root', () => {
  it('of nothing is zeros', () => {
    expect(transactionRoot([])).toBe('00'.repeat(32));
  });

  it('carries an odd one up instead of doubling it', () => {
    const [a, b, c, d, e] = [1, 2, 3, 4, 5].map(leafOf) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const rootOf = (count: number) =>
      transactionRoot(Array.from({ length: count }, (_, place) => printed(place + 1)));
    expect(rootOf(1)).toBe(a.toString('hex'));
    expect(rootOf(3)).toBe(both(both(a, b), c).toString('hex'));
    expect(rootOf(5)).toBe(both(both(both(a, b), both(c, d)), e).toString('hex'));
  });

  it('changes with whatever is left out, doubled or put elsewhere', () => {
    const numbers = fc.uniqueArray(fc.nat(255), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.nat(), fc.nat(), (list, one, other) => {
        const all = list.map(printed);
        const place = one % all.length;
        const root = transactionRoot(all);
        expect(transactionRoot(all.toSpliced(place, 1))).not.toBe(root);
        expect(transactionRoot(all.toSpliced(place, 0, printed(list[place] ?? 0)))).not.toBe(root);
        const second = (place + 1 + (other % (all.length - 1))) % all.length;
        const swapped = all
          .with(place, printed(list[second] ?? 0))
          .with(second, printed(list[place] ?? 0));
        expect(transactionRoot(swapped)).not.toBe(root);
      }),
    );
  });

  it('writes lengths of more than a byte, and results with all their fields', () => {
    const rawData = new Uint8Array(20_000).fill(7);
    const results = [
      { ret: 'FAILED', contractRet: 'REVERT', fee: 300, withdraw_amount: 2n ** 62n },
    ];
    const bytes = Buffer.concat([
      Buffer.from('0aa09c01', 'hex'),
      rawData,
      Buffer.from('1202abcd', 'hex'),
      // 1: 300, 2: 1, 3: 2, 15: 2⁶²
      Buffer.from('2a1108ac0210011802788080808080808080 40'.replace(' ', ''), 'hex'),
    ]);
    expect(transactionRoot([{ rawData, signatures: ['abcd'], results }])).toBe(
      hash('sha256', bytes, 'hex'),
    );
  });

  it.each([
    [{ cancel_unfreezeV2_amount: [{ key: 'ENERGY', value: 1 }] }],
    [{ orderDetails: [{}] }],
    [{ contractRet: 'UNKNOWN_ENUM_VALUE_contractResult_99' }],
    [{ fee: 'much' }],
  ])('cannot be had of a result with %j', (result) => {
    const transaction = { rawData: Uint8Array.of(1), signatures: [], results: [result] };
    expect(() => transactionRoot([transaction])).toThrow(NotRebuildable);
  });
});
