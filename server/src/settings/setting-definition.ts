import { z } from 'zod';

/** One setting: what it means, and what a value of it must hold. */
export interface SettingDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** As stored; read through the schema like any other value. */
  readonly default: z.input<Schema>;
  readonly unit: string;
  readonly range: string;
  readonly description: string;
}

/** A count or a number of seconds: never an amount. */
export function whole(
  least: number,
  most: number,
  unit: string,
  value: number,
  description: string,
): SettingDefinition<z.ZodNumber> {
  const range = `${least} to ${most}`;
  const error = `give a whole number from ${range}`;
  return {
    schema: z.number({ error }).int({ error }).min(least, { error }).max(most, { error }),
    default: value,
    unit,
    range,
    description,
  };
}

const bigWhole = (least: bigint, most: bigint) => {
  const error = `give a whole number from ${least.toString()} to ${most.toString()} as a string, like "${least.toString()}"`;
  return z
    .string({ error })
    .regex(/^\d{1,19}$/, { error })
    .transform(BigInt)
    .refine((value) => value >= least && value <= most, { error });
};

/** Energy or sun: a bigint, stored as a decimal string. */
export function amount(
  least: bigint,
  most: bigint,
  unit: string,
  value: string,
  description: string,
): SettingDefinition<ReturnType<typeof bigWhole>> {
  return {
    schema: bigWhole(least, most),
    default: value,
    unit,
    range: `${least.toString()} to ${most.toString()}`,
    description,
  };
}
