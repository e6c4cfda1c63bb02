const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  { unit: 'second', seconds: 1, below: minute },
  { unit: 'minute', seconds: minute, below: hour },
  { unit: 'hour', seconds: hour, below: 2 * day },
  { unit: 'day', seconds: day, below: 60 * day },
  { unit: 'month', seconds: 30 * day, below: Infinity },
] as const;

/** How far `at` is from `now` (both ms since 1970), in words: `3 minutes ago`, `in 2 days`. */
export function formatRelative(at: number, now: number, tag: string, nowWord: string): string {
  const seconds = Math.trunc((at - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 1) return nowWord;
  const step = steps.find(({ below }) => size < below) ?? steps[4];
  return new Intl.RelativeTimeFormat(tag, { style: tag.startsWith('zh') ? 'short' : 'narrow' })
    .format(Math.trunc(seconds / step.seconds), step.unit)
    .replace(/(\d)\s+(?=\p{Script=Han})/u, '$1');
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time to the second, the same in every language: `2026-11-22 18:04:09`. */
export function formatExact(at: number): string {
  const time = new Date(at);
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${formatClock(at)}`;
}

/** Local time of day: `18:04:09`. */
export function formatClock(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
}

/** What is left of a span, counting down: `2d 03:04:05`, `03:04:05`, `04:05`. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor((seconds % hour) / minute), seconds % minute].map(two);
  const hours = Math.floor((seconds % day) / hour);
  const days = Math.floor(seconds / day);
  if (days > 0) return `${days}d ${two(hours)}:${parts.join(':')}`;
  return hours > 0 ? `${two(hours)}:${parts.join(':')}` : parts.join(':');
}

/** A span of seconds in the two largest units that say it: `1.8 s`, `4 m 05 s`, `2 h 03 m`. */
export function formatSpan(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < minute) return `${Math.round(seconds)} s`;
  if (seconds < hour)
    return `${Math.floor(seconds / minute)} m ${two(Math.floor(seconds % minute))} s`;
  return `${Math.floor(seconds / hour)} h ${two(Math.floor((seconds % hour) / minute))} m`;
}

/** The start of the local day and of the hour, in ms since 1970. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

/** `from` until the end of the running hour, moved back by `hours`: whole buckets for charts. */
export function lastHours(now: number, hours: number): { from: string; to: string } {
  const end = (Math.floor(now / 3_600_000) + 1) * 3_600_000;
  return {
    from: new Date(end - hours * 3_600_000).toISOString(),
    to: new Date(end).toISOString(),
  };
}
