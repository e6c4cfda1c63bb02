import { describe, expect, test } from 'vitest';
import { formatCountdown, formatExact, formatRelative, formatSpan, lastHours } from './time.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const second = 1000;
const hour = 3600 * second;

describe('relative times', () => {
  test.each([
    [now, '刚刚', 'now'],
    [now - 3 * second, '3秒前', '3s ago'],
    [now - 90 * second, '1分钟前', '1m ago'],
    [now - 47 * hour, '47小时前', '47h ago'],
    [now - 49 * hour, '2天前', '2d ago'],
    [now + 12 * 60 * second, '12分钟后', 'in 12m'],
  ])('%d', (at, chinese, english) => {
    expect(formatRelative(at, now, 'zh-CN', '刚刚')).toBe(chinese);
    expect(formatRelative(at, now, 'en', 'now')).toBe(english);
  });
});

describe('countdowns', () => {
  test.each([
    [0, '00:00'],
    [-5, '00:00'],
    [1, '00:01'],
    [61 * second, '01:01'],
    [hour, '01:00:00'],
    [50 * hour + second, '2d 02:00:01'],
  ])('%d ms', (left, written) => {
    expect(formatCountdown(left)).toBe(written);
  });
});

test('spans say their two largest units', () => {
  expect(formatSpan(1.84)).toBe('1.8 s');
  expect(formatSpan(42)).toBe('42 s');
  expect(formatSpan(245)).toBe('4 m 05 s');
  expect(formatSpan(7400)).toBe('2 h 03 m');
});

test('exact times are local and sortable', () => {
  const time = new Date(2026, 0, 2, 3, 4, 5).getTime();
  expect(formatExact(time)).toBe('2026-01-02 03:04:05');
});

test('a chart ends with the hour that is running', () => {
  expect(lastHours(Date.parse('2026-11-22T12:30:00Z'), 24)).toEqual({
    from: '2026-11-21T13:00:00.000Z',
    to: '2026-11-22T13:00:00.000Z',
  });
});
