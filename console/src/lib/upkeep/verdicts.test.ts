import { expect, test } from 'vitest';
import { planConfinement } from '../../../../server/src/upkeep/plan-confinement.ts';
import { zh } from '../messages/zh/zh.ts';
import { checkName, contractName, warningText } from './verdicts.ts';

type Facts = Parameters<typeof planConfinement>[0];
const hot = 'TXJtBTySg5Cih9jLk9UPzjFa2CmkwwjxdG' as Facts['address'];
const cold = 'TAvfiovpjGz2FrtY3Fhv4dx2onLW2pxsaG' as Facts['address'];
const other = 'TVFZsirudFBUSqDVGFKzmRzK1McuEcvNcd' as Facts['address'];

test('every check and warning of a plan is known in Chinese', () => {
  const facts = {
    address: hot,
    signer: hot,
    permissionId: 0,
    present: {
      owner: { name: 'owner', threshold: 1n, keys: [{ address: hot, weight: 1n }] },
      actives: [
        {
          name: 'theirs',
          threshold: 1n,
          keys: [{ address: other, weight: 1n }],
          operations: '0'.repeat(64),
        },
      ],
    },
    balance: 0n,
    feeSun: 100_000_000n,
    bandwidthFeeSun: 0n,
    underWay: false,
  };
  const plans = [
    planConfinement({
      ...facts,
      cold: { address: cold, activated: true, isContract: false, isOurs: false },
    }),
    planConfinement({ ...facts, cold: null }),
  ];
  for (const { checks, warnings } of plans) {
    expect(warnings.length).toBeGreaterThan(1);
    for (const text of warnings) {
      expect(warningText(text, zh.permissions.warningTexts)).toMatch(/\p{Script=Han}/u);
    }
    for (const { name } of checks) {
      expect(checkName(name, zh.permissions.checkNames)).toMatch(/\p{Script=Han}/u);
    }
  }
});

test('what is not known stays as it came', () => {
  expect(warningText('Something new.', zh.permissions.warningTexts)).toBe('Something new.');
  expect(checkName('something new', zh.permissions.checkNames)).toBe('something new');
  expect(contractName('DelegateResourceContract')).toBe('DelegateResource');
});
