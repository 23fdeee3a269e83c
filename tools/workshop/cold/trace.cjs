// Loaded into a server first (`node --require`): records each file that Node or Next's Edge sandbox evaluates, and
// writes the records into the file in `COLD_TRACE` on SIGUSR2. Modules that `import` loads as ESM aren't recorded.
const { writeFileSync } = require('node:fs');
const Module = require('node:module');
const vm = require('node:vm');

/** @type {{ file: string, by?: string, edge: boolean, bytes: number, milliseconds: number }[]} */
const records = [];
/** @type {{ file: string, inner: number }[]} */
const stack = [];

/** Evaluates a file, and records its own time, without that of the files that it loads. */
function record(file, code, edge, evaluate) {
  const by = stack.at(-1);
  const entry = { file, inner: 0 };
  stack.push(entry);
  const started = performance.now();
  try {
    return evaluate();
  } finally {
    stack.pop();
    const took = performance.now() - started;
    if (by) by.inner += took;
    const bytes = Buffer.byteLength(String(code));
    records.push({ file, by: by?.file, edge, bytes, milliseconds: took - entry.inner });
  }
}

const compile = Module.prototype._compile;
Module.prototype._compile = function traced(code, file, ...rest) {
  return record(file, code, false, () => Reflect.apply(compile, this, [code, file, ...rest]));
};

const { runInContext } = vm;
vm.runInContext = (code, context, options) => {
  const run = () => runInContext(code, context, options);
  // Next names only the files of the build; the rest is the sandbox itself.
  const file = Object(options).filename;
  return file === undefined ? run() : record(file, code, true, run);
};

process.on('SIGUSR2', () => writeFileSync(process.env.COLD_TRACE, JSON.stringify(records)));
