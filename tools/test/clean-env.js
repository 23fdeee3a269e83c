// The environment for all checks: the same on every machine, in CI, and in an editor's terminal.

const REMOVED = [
  // The site's settings: the tests have their own.
  /^(COGNITO_.*|PREVIEW_.*|VERCEL_.*|SESSION_.*)$/,
  // Variables that change how the tools build and serve.
  /^(NODE_ENV|PORT)$/,
  // The commands don't see the terminal, so we tell them whether to use colors.
  /^(FORCE_COLOR|NO_COLOR)$/,
  // npm's settings, which it passes to scripts.
  /^npm_/i,
  // Next detects coding agents (dist/compiled/@vercel/detect-agent) and stops their first build with
  // advice to upgrade; vitest prints less for them. The tests must do the same for everyone.
  /^(AI_AGENT|CLAUDECODE|REPL_ID)$/,
  /^(ANTIGRAVITY|AUGMENT|CLAUDE_CODE|CODEX|COPILOT|CURSOR|GEMINI|OPENCODE)_/,
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} colors whether the commands should use colors
 * @returns {NodeJS.ProcessEnv} a copy without the variables that would affect the checks
 */
export function cleanEnv(env, colors) {
  const kept = Object.entries(env).filter(([name]) => !REMOVED.some((rule) => rule.test(name)));
  return {
    ...Object.fromEntries(kept),
    NEXT_TELEMETRY_DISABLED: '1',
    ...(colors ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}
