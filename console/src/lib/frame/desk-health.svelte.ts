import { HealthDocument, type HealthQuery } from '../graphql/generated/graphql.ts';
import { fetchOnce } from '../graphql/client.ts';
import { DeskError } from '../graphql/desk-error.ts';

const pause = 10_000;

/** The desk's health, read every ten seconds while somebody is signed in. */
class DeskHealth {
  #health = $state.raw<HealthQuery['health']>();
  #error = $state.raw<DeskError>();
  #loading = $state(true);

  get data(): HealthQuery['health'] | undefined {
    return this.#health;
  }

  get error(): DeskError | undefined {
    return this.#error;
  }

  get loading(): boolean {
    return this.#loading;
  }

  refresh = async (): Promise<void> => {
    try {
      this.#health = (await fetchOnce(HealthDocument, {})).health;
      this.#error = undefined;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      this.#error = error;
    } finally {
      this.#loading = false;
    }
  };

  /** Reads on until the result is called. Start it inside an effect. */
  watch(): () => void {
    void this.refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, pause);
    return () => clearInterval(timer);
  }
}

export const deskHealth = new DeskHealth();

/** Where a block explorer shows an address or a transaction; undefined when the network has none. */
export function explorerLink(kind: 'address' | 'txid', code: string): string | undefined {
  const base = deskHealth.data?.chain.explorer;
  if (base === null || base === undefined || base === '') return undefined;
  return `${base.replace(/\/+$/, '')}/${kind === 'txid' ? 'transaction' : 'address'}/${code}`;
}
