import { Arg, ID, Int, Query, Resolver } from 'type-graphql';
import { BadInput, NotFound } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import { present } from '../kernel/assert.ts';
import { EnergyForecast } from './forecast.graphql.ts';
import { reserveOf } from '../capacity/kept-back.ts';
import { readForecast } from './read-forecast.ts';
import type { SalesParts } from './sales-parts.ts';
import { walletsByIds } from './wallet-rows.ts';

const MAX_HOURS = 72;
const MAX_POINTS = 300;
/** Enough for a chart: a quarter of an hour for a day. */
const USUAL_POINTS = 96;

@Resolver()
export class ForecastResolver {
  readonly #parts: SalesParts;

  constructor(parts: SalesParts) {
    this.#parts = parts;
  }

  @Query(() => EnergyForecast, {
    description: 'What will be free to be sold in the coming hours, if nothing more is sold.',
  })
  async energyForecast(
    @Arg('hours', () => Int, { defaultValue: 24, description: 'How far, 1 to 72 hours.' })
    hours: number,
    @Arg('stepMinutes', () => Int, {
      nullable: true,
      description:
        'Minutes between two points, so that there are 300 at most; without it about 96 points.',
    })
    stepMinutes: number | null | undefined,
    @Arg('walletId', () => ID, {
      nullable: true,
      description: 'Of this wallet alone; without it, of the pool.',
    })
    walletId: string | null | undefined,
  ): Promise<EnergyForecast> {
    const { database, settings, ratio } = this.#parts;
    if (hours < 1 || hours > MAX_HOURS) {
      throw new BadInput(`Ask for 1 to ${MAX_HOURS} hours.`, { field: 'hours' });
    }
    const minutes = hours * 60;
    const step = stepMinutes ?? Math.ceil(minutes / USUAL_POINTS);
    const steps = Math.floor(minutes / step);
    if (step < 1 || step > minutes || steps + 1 > MAX_POINTS) {
      const least = Math.ceil(minutes / (MAX_POINTS - 1));
      throw new BadInput(
        `For ${hours} hours give a step of ${least} to ${minutes} minutes: at most ${MAX_POINTS} points.`,
        { field: 'stepMinutes' },
      );
    }
    const em = database.read();
    if (walletId && !(isUuid(walletId) && (await walletsByIds(em, [walletId])).has(walletId))) {
      throw new NotFound('There is no such wallet.', { field: 'walletId' });
    }
    const points = await readForecast(em, {
      ratio: await ratio(),
      reserve: reserveOf((await settings.current()).values),
      stepMs: step * 60_000,
      steps,
      walletId: walletId ?? null,
    });
    return {
      from: new Date(present(points[0], 'point').atMs),
      stepMinutes: step,
      points: points.map(({ atMs, ...parts }) => ({ ...parts, at: new Date(atMs) })),
    };
  }
}
