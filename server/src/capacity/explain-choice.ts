import { unreachable } from '../kernel/assert.ts';
import { formatAmount } from '../kernel/money.ts';
import type { Choice } from './allocate.ts';
import type { AllocationStrategy } from './allocation-strategies.ts';

export const LANGUAGES = ['EN', 'ZH'] as const;
export type Language = (typeof LANGUAGES)[number];

/** When wallets are chosen for an order: at its placing, for slices that were dropped, on a retry. */
export type Occasion = 'PLACED' | 'TAKEN_OVER' | 'TRIED_AGAIN';

/** By what rule the wallets were chosen: the strategy, and whether one wallet delivers all. */
export type ChoiceCode = `${AllocationStrategy}_${'ONE' | 'SEVERAL'}`;

export function choiceCode({ strategy, chosen }: Choice): ChoiceCode {
  return `${strategy}_${chosen.length === 1 ? 'ONE' : 'SEVERAL'}`;
}

/** The choice in one sentence, for people. */
export function explainChoice(choice: Choice, language: Language): string {
  return language === 'EN' ? inEnglish(choice) : inChinese(choice);
}

function inEnglish(choice: Choice): string {
  const { candidates, sufficient } = choice;
  const labels = choice.chosen.map(({ label }) => label).join(', ');
  const amounts = choice.chosen.map(
    ({ label, stakeSun, freeSun }) =>
      `${label} ${formatAmount(stakeSun)} of ${formatAmount(freeSun)} TRX`,
  );
  const able = `of ${count(candidates, 'wallet')} that sell, ${sufficient.toString()} could deliver all of it`;
  const none = `none of ${count(candidates, 'wallet')} that sell has enough free stake alone`;
  const code = choiceCode(choice);
  switch (code) {
    case 'BEST_FIT_ONE':
    case 'FEWEST_SLICES_ONE':
      return `${labels} has the smallest free stake that delivers all of it: ${amounts.join('; ')} (${able}).`;
    case 'SPREAD_ONE':
      return `${labels} has the largest part of its stake free: ${amounts.join('; ')} (${able}).`;
    case 'BEST_FIT_SEVERAL':
      return `No single wallet has enough free stake: ${labels} deliver it together, the largest first: ${amounts.join('; ')} (${none}).`;
    case 'FEWEST_SLICES_SEVERAL':
      return `No single wallet has enough free stake: ${labels} are the smallest that deliver it in ${choice.chosen.length.toString()} slices: ${amounts.join('; ')} (${none}).`;
    case 'SPREAD_SEVERAL':
      return `No single wallet has enough free stake: ${labels} share it so that each is left with an equal part of its stake: ${amounts.join('; ')} (${none}).`;
    default:
      return unreachable(code);
  }
}

function inChinese(choice: Choice): string {
  const { candidates, sufficient } = choice;
  const labels = choice.chosen.map(({ label }) => label).join('、');
  const amounts = choice.chosen
    .map(
      ({ label, stakeSun, freeSun }) =>
        `${label} 用 ${formatAmount(stakeSun)} / 可用 ${formatAmount(freeSun)} TRX`,
    )
    .join('；');
  const able = `在售钱包 ${candidates.toString()} 个，其中 ${sufficient.toString()} 个可独立完成`;
  const none = `在售钱包 ${candidates.toString()} 个，没有一个可独立完成`;
  const code = choiceCode(choice);
  switch (code) {
    case 'BEST_FIT_ONE':
    case 'FEWEST_SLICES_ONE':
      return `${labels} 是可独立完成此单且可用质押最少的钱包：${amounts}（${able}）。`;
    case 'SPREAD_ONE':
      return `${labels} 的质押空闲比例最高：${amounts}（${able}）。`;
    case 'BEST_FIT_SEVERAL':
      return `由 ${labels} 共同完成，可用质押最多的钱包优先：${amounts}（${none}）。`;
    case 'FEWEST_SLICES_SEVERAL':
      return `由 ${labels} 共同完成，它们是能以 ${choice.chosen.length.toString()} 个切片完成此单的最小钱包：${amounts}（${none}）。`;
    case 'SPREAD_SEVERAL':
      return `由 ${labels} 共同完成，各钱包剩余质押的比例相同：${amounts}（${none}）。`;
    default:
      return unreachable(code);
  }
}

function count(number: number, what: string): string {
  return `${number.toString()} ${what}${number === 1 ? '' : 's'}`;
}
