import type { SettingValues } from './catalogue.ts';

/** What no single value shows: the sentences that the values together break. */
export function contradictions(values: SettingValues): string[] {
  const problems: string[] = [];
  if (values['orders.maxEnergy'] < values['orders.minEnergy']) {
    problems.push('orders.maxEnergy is below orders.minEnergy.');
  }
  for (const { code, seconds } of values['orders.durations']) {
    const row = values['pricing.book'].find(({ duration }) => duration === code);
    if (!row) problems.push(`pricing.book has no prices for the duration ${code}.`);
    else if (row.per === 'DAY' && seconds % 86_400 !== 0) {
      problems.push(`pricing.book has prices per day for ${code}, which is not whole days.`);
    }
  }
  if (values['engine.leaseSeconds'] >= values['engine.expirationSeconds']) {
    problems.push('engine.leaseSeconds must be below engine.expirationSeconds.');
  }
  if (values['chain.nodesForUnprovenBlock'] === 1) {
    problems.push('chain.nodesForUnprovenBlock must be 0, or at least 2: one node proves nothing.');
  }
  const sources = values['rates.sources'].length;
  if (sources > 0 && values['rates.minSources'] > sources) {
    problems.push('rates.minSources asks for more sources than rates.sources names.');
  }
  if (values['withdrawals.maximumSun'] < values['withdrawals.minimumSun']) {
    problems.push('withdrawals.maximumSun is below withdrawals.minimumSun.');
  }
  if (values['withdrawals.minimumSun'] <= values['withdrawals.feeSun']) {
    problems.push('withdrawals.minimumSun must be above withdrawals.feeSun.');
  }
  if (values['withdrawals.maximumMicroUsdt'] < values['withdrawals.minimumMicroUsdt']) {
    problems.push('withdrawals.maximumMicroUsdt is below withdrawals.minimumMicroUsdt.');
  }
  if (values['withdrawals.minimumMicroUsdt'] <= values['withdrawals.feeMicroUsdt']) {
    problems.push('withdrawals.minimumMicroUsdt must be above withdrawals.feeMicroUsdt.');
  }
  if (values['upkeep.targetSun'] <= values['upkeep.lowSun']) {
    problems.push('upkeep.targetSun must be above upkeep.lowSun.');
  }
  return problems;
}
