import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one plain line, `N passed, N failed`, for whoever reads the log by machine, and
 * names what was skipped before it: a skipped test proves nothing, and must not look as if it did.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    // What broke outside of a test counts too: without it a run could fail with `0 failed`.
    let failed = unhandled.length;
    const skipped: string[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    const lines = skipped.map((name) => `SKIPPED ${name}`);
    const end = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    lines.push('', `${passed} passed, ${failed} failed${end}`);
    // The other reporters write their summaries until the very end.
    process.once('exit', () => writeSync(1, `${lines.join('\n')}\n`));
  }
}
