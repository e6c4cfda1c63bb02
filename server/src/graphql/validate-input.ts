import { getMetadataStorage, validateOrReject, type ValidationError } from 'class-validator';
import { ArgumentValidationError } from 'type-graphql';

/** Whether a class says anything about its values, by its constructor. */
const saying = new WeakMap<object, boolean>();

function saysSomething(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  let says = saying.get(type);
  if (says === undefined) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    says = rules.length > 0;
    saying.set(type, says);
  }
  return says;
}

/**
 * Checks an argument by the decorators of its class. The library by itself asks the validator about every
 * object, and loads it anew for each.
 * @throws ArgumentValidationError with what it finds
 */
export async function validateInput(value: unknown): Promise<void> {
  if (typeof value !== 'object' || value === null) return;
  const inputs: readonly unknown[] = Array.isArray(value) ? value : [value];
  const checked = inputs.filter(
    (one): one is object =>
      typeof one === 'object' && one !== null && saysSomething(one.constructor),
  );
  if (checked.length === 0) return;
  const options = { skipMissingProperties: true, forbidUnknownValues: false };
  try {
    await Promise.all(checked.map((one) => validateOrReject(one, options)));
  } catch (errors) {
    throw new ArgumentValidationError(errors as ValidationError[]);
  }
}
