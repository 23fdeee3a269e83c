/** `npm run --prefix tools/workshop local-pool:table`: rewrites the table in `results.md`. */
import { writeFileSync } from 'node:fs';
import { TABLE, table } from './table';

writeFileSync(TABLE, table());
console.log(`Written: ${TABLE}.`);
