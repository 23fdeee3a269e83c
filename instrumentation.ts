/** Runs once when a server starts: logs everything that is wrong with the environment, at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Imported here, so that the Edge bundle carries neither.
  const { getSite, logEvent } = await import('./lib/cognito');
  const site = getSite();
  const problems = site.ok ? [] : site.problems;
  if (!site.ok) {
    console.error('Amazon Cognito is not configured: every page answers 503 until this is right.');
  }
  for (const { variable, problem, remedy } of problems) {
    console.error(`  ${variable} ${problem}. ${remedy}`);
  }
  logEvent({ type: 'configuration', ok: site.ok, wrong: problems.map((each) => each.variable) });
  const { normalizeRequests } = await import('./lib/cognito/normalize-requests');
  normalizeRequests();
}
