import { describe, expect, it } from 'vitest';
import { memoryOfMachine, postgresSettings } from './embedded-postgres-settings.ts';

const GB = 2 ** 30;

describe("our own PostgreSQL's settings", () => {
  it('take little of a small machine and more of a large one', () => {
    const small = postgresSettings(2 * GB, true);
    expect(small['shared_buffers']).toBe('256MB');
    expect(small['effective_cache_size']).toBe('1024MB');
    expect(small['work_mem']).toBe('4MB');
    const large = postgresSettings(24 * GB, true);
    expect(large['shared_buffers']).toBe('2048MB');
    expect(large['work_mem']).toBe('16MB');
    expect(postgresSettings(GB / 2, true)['shared_buffers']).toBe('128MB');
  });

  it('are durable unless the data is thrown away', () => {
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(postgresSettings(2 * GB, true)[name]).toBe('on');
      expect(postgresSettings(2 * GB, false)[name]).toBe('off');
    }
  });

  it('know how much memory there is', () => {
    expect(memoryOfMachine()).toBeGreaterThan(GB / 4);
  });
});
