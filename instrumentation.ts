/** Runs once when a server starts, and logs all problems with the configuration. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Imported here to keep these modules out of the Edge bundle.
  const { getSite, logEvent } = await import('./lib/cognito');
  const { ADVICE } = await import('./lib/cognito/config/advice');
  const site = getSite();
  const problems = site.ok ? [] : site.problems;
  if (!site.ok) {
    console.error('Amazon Cognito is not configured. Every page returns 503 until you fix this:');
  }
  for (const { variable, problem } of problems) {
    console.error(`  ${variable} ${problem}. ${ADVICE[variable]}`);
  }
  logEvent({ type: 'configuration', ok: site.ok, wrong: problems.map((each) => each.variable) });
  const { normalizeRequests } = await import('./lib/cognito/requests/normalize-requests');
  normalizeRequests();
  const { cleanOutput } = await import('./lib/cognito/requests/clean-output');
  cleanOutput();
  if (process.env.NODE_ENV !== 'development') return;
  const { answerDevelopers } = await import('./lib/cognito/requests/developer-requests');
  answerDevelopers(site.ok ? site.config.origin : undefined);
}
