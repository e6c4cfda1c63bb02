import type { EngineSettings } from '../operations/engine.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** The engine knows seconds, not settings. */
export async function engineSettings(settings: SettingsStore): Promise<EngineSettings> {
  const { values } = await settings.current();
  return {
    expirationSeconds: values['engine.expirationSeconds'],
    leaseSeconds: values['engine.leaseSeconds'],
    resendSeconds: values['engine.resendSeconds'],
  };
}
