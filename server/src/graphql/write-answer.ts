import type { FormattedExecutionResult } from 'graphql';

const texts = new WeakMap<object, string>();

/** An answer as it is sent. Requests that share one execution share its text. */
export function writeAnswer(answer: FormattedExecutionResult): string {
  const { data, ...rest } = answer;
  if (typeof data !== 'object' || data === null) return `${JSON.stringify(answer)}\n`;
  let text = texts.get(data);
  if (text === undefined) {
    text = JSON.stringify(data);
    texts.set(data, text);
  }
  const before = JSON.stringify(rest);
  return before === '{}' ? `{"data":${text}}\n` : `${before.slice(0, -1)},"data":${text}}\n`;
}
