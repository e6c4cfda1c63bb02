/** What stands in the way of starting, as one sentence with its remedy. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
}

const began = performance.now();

/** A line of progress, with the seconds since the start. */
export function say(line: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${line}`);
}
