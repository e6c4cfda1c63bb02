import { businessResolvers } from '../app/business-resolvers.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import { SettingsStore } from '../settings/settings-store.ts';
import type { CoreDesk } from './core-desk.ts';

/** One instance of every resolver of the tests' schema. @param recipient as in `GraphqlDesk.start` */
export function resolversOf(core: CoreDesk, recipient: string): object[] {
  return businessResolvers({
    database: core.database,
    chain: core.chain,
    settings: new SettingsStore(() => core.database.read(), systemClock),
    lookAtOrphan: core.inspection.lookAtOrphan,
    intake: core.intake,
    ids: core.ids,
    clock: systemClock,
    random: systemRandom,
    keyRecipient: recipient,
    wakePayer: () => undefined,
    observe: () => core.look(),
  });
}
