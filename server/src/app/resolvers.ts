import type { Authenticator } from '../access/authenticator.ts';
import { PeopleResolver } from '../access/people.resolver.ts';
import { SessionResolver } from '../access/session.resolver.ts';
import { SignIn } from '../access/sign-in.ts';
import { SignInLimits } from '../access/sign-in-limits.ts';
import { FinanceResolver } from '../finance/finance.resolver.ts';
import { HealthResolver, type HealthParts } from '../monitoring/health.resolver.ts';
import { PricingResolver } from '../pricing/pricing.resolver.ts';
import { refusalOf } from '../safety/safe-mode.ts';
import type { SafeModeStore } from '../safety/safe-mode-store.ts';
import { SignerResolver } from '../signing/signer.resolver.ts';
import { readStock } from '../wallets/inventory.ts';
import { type BusinessParts, businessResolvers } from './business-resolvers.ts';

export interface ResolverParts extends BusinessParts {
  readonly safeMode: SafeModeStore;
  readonly authenticator: Authenticator;
  readonly health: HealthParts;
  readonly sessionHours: number;
  readonly secureCookies: boolean;
}

/** One instance of every resolver class, with what it works on. */
export function makeResolvers(parts: ResolverParts): object[] {
  const { database, ids, health, settings } = parts;
  const deliverable = async (): Promise<bigint> => {
    if (health.sales.closedBecause() !== undefined) return 0n;
    const { values } = await settings.current();
    const ratio = parts.chain.parameters.current().energyRatio;
    return (await readStock(database.read(), ratio, values)).deliverable;
  };
  return [
    ...businessResolvers(parts),
    new SessionResolver({
      ...parts,
      signIn: new SignIn({ ...parts, limits: new SignInLimits() }),
    }),
    new PeopleResolver(parts),
    new PricingResolver(settings, {
      deliverable,
      refusal: async () => refusalOf(await parts.safeMode.current(), 'ENERGY'),
    }),
    new SignerResolver(database, ids),
    new FinanceResolver(database),
    new HealthResolver(health),
  ];
}
