/** `npm run --prefix tools/workshop local-pool:table`: writes the rows of docs/local-pool.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withRows } from './table';

const PATH = 'docs/local-pool.md';
writeFileSync(PATH, withRows(readFileSync(PATH, 'utf8')));
console.log(`Written: the rows of ${PATH}.`);
