/** A line of JSON as people read it on a terminal; anything else unchanged. */
export function prettyLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { time, level, msg, err, instance: _instance, pid: _pid, hostname: _host, ...rest } = entry;
  const clock = typeof time === 'string' ? time.slice(11, 23) : '';
  const facts = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  const head = [clock, plain(level).toUpperCase().padEnd(5), plain(msg), ...facts].join(' ');
  return `${head}${trouble(err)}\n`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function plain(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function trouble(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const stack = 'stack' in err ? err.stack : undefined;
  return `\n${typeof stack === 'string' ? stack : plain(err)}`;
}
