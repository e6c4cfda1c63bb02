type Fields = { current: string; next: string; repeat: string };
type Fault = 'passwordMissing' | 'nextShort' | 'nextSame' | 'repeatDiffers';

/** The shortest password the desk takes. */
export const shortestPassword = 12;

/** What is wrong with a change of password, by field, as keys of the messages; empty when nothing. */
export function passwordFaults({
  current,
  next,
  repeat,
}: Fields): Partial<Record<keyof Fields, Fault>> {
  const nextFault =
    next.length < shortestPassword ? 'nextShort' : next === current ? 'nextSame' : undefined;
  return {
    ...(current === '' && { current: 'passwordMissing' as const }),
    ...(nextFault !== undefined && { next: nextFault }),
    ...(repeat !== next && { repeat: 'repeatDiffers' as const }),
  };
}
