// The environment that every check runs in: the same on each machine, in CI, and in an editor's terminal.

const REMOVED = [
  // What the site reads: the tests bring their own.
  /^(COGNITO_.*|PREVIEW_.*|VERCEL_.*|SESSION_.*)$/,
  // What changes how the tools build and serve.
  /^(NODE_ENV|PORT)$/,
  // We say ourselves whether to print in colour: the commands don't see the terminal.
  /^(FORCE_COLOR|NO_COLOR)$/,
  // npm's settings of the moment, handed to scripts.
  /^npm_/i,
  // Next looks for coding agents (dist/compiled/@vercel/detect-agent) and stops their first build with
  // advice to upgrade; vitest prints less for them. A gate must do the same for everyone.
  /^(AI_AGENT|CLAUDECODE|REPL_ID)$/,
  /^(ANTIGRAVITY|AUGMENT|CLAUDE_CODE|CODEX|COPILOT|CURSOR|GEMINI|OPENCODE)_/,
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} colors whether the commands should print in colour
 * @returns {NodeJS.ProcessEnv} a copy without what would disturb the checks
 */
export function cleanEnv(env, colors) {
  const kept = Object.entries(env).filter(([name]) => !REMOVED.some((rule) => rule.test(name)));
  return {
    ...Object.fromEntries(kept),
    NEXT_TELEMETRY_DISABLED: '1',
    ...(colors ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}
