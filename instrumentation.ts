/** Runs once when a server starts: says everything that is wrong with the environment, at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Imported here, so that the Edge bundle carries neither.
  const { getSite, environmentReport, logEvent } = await import('./lib/cognito');
  for (const line of environmentReport()) console.error(line);
  const site = getSite();
  const wrong = site.ok ? [] : site.problems.map(({ variable }) => variable);
  logEvent({ type: 'configuration', ok: site.ok, wrong });
  const { normalizeRequests } = await import('./lib/cognito/normalize-requests');
  normalizeRequests();
}
