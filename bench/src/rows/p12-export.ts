import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../options.ts';
import type { Row } from '../row.ts';

export const row: Row = {
  id: 'P12',
  title: '10⁶ rows exported as CSV in constant memory, beside P3',
  reference: 'P3 without the export',
  seconds: 1,
  async run() {
    const schema = await readFile(path.join(root, 'schema.graphql'), 'utf8');
    if (/\b\w*(export|csv)\w*\s*[(:]/i.test(schema)) {
      throw new Error('the product has an export by now, and this row does not measure it yet');
    }
    return {
      figures: [],
      breaks: [],
      missing: ['the product has no export: neither a field of the schema nor a path for CSV'],
    };
  },
};
