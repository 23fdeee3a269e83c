// demo
/** `npm run --prefix tools/workshop excerpts`: updates the code excerpts that the page `/source` shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cutAll } from '../../../app/source/cut';
import { PROOFS, STEPS } from '../../../app/source/wanted';

const FILE = 'app/source/excerpts.json';

const excerpts = cutAll([...STEPS, ...PROOFS], (file) => readFileSync(file, 'utf8'));
writeFileSync(FILE, `${JSON.stringify(excerpts, null, 2)}\n`);
console.log(`Wrote ${excerpts.length} excerpts to ${FILE}.`);
// /demo
