import type { Figure } from './measure/figure.ts';
import type { RowReport } from './row.ts';

const HEAD = ['row', 'figure', 'ours', 'reference', 'ratio (range)', 'goal', 'met'];

/** The one table of a run. */
export function table(reports: readonly RowReport[]): string {
  const lines = [HEAD, ...reports.flatMap(linesOf)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  text.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return text.join('\n');
}

/** What is to be said about rows beyond their figures. */
export function remarks(reports: readonly RowReport[]): string[] {
  return reports.flatMap(({ id, void: why, missing, notes }) => [
    ...(why === null ? [] : [`${id} is void: ${why}`]),
    ...missing.map((what) => `${id} lacks: ${what}`),
    ...notes.map((note) => `${id}: ${note}`),
  ]);
}

function linesOf(report: RowReport): string[][] {
  const { id, title, figures, missing } = report;
  const verdict = report.void === null ? null : 'VOID';
  if (figures.length === 0) {
    const why = verdict ?? (missing.length > 0 ? 'not there' : '');
    return [[id, title, '', '', '', '', why]];
  }
  return figures.map((one, index) => [
    index === 0 ? id : '',
    one.name,
    amount(one.ours, one.unit),
    amount(one.reference, one.unit),
    ratio(one),
    one.goal,
    verdict ?? (one.met === null ? '' : one.met ? 'yes' : 'NO'),
  ]);
}

function ratio({ ratio: found }: Figure): string {
  if (found === null) return '';
  const { median, low, high } = found;
  return `${short(median)} (${short(low)} … ${short(high)})`;
}

function amount(value: number | null, unit: string): string {
  return value === null ? '' : `${short(value)} ${unit}`.trim();
}

/** Three digits that mean something. */
function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}
