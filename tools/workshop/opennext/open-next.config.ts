/** For the copy that `run.ts` builds: the default server function, without AWS's caches. */
export default {
  default: {
    override: { incrementalCache: 'dummy', tagCache: 'dummy', queue: 'dummy' },
  },
  imageOptimization: { loader: 'dummy' },
  // The build command is OpenNext's default, `npm run build`.
};
