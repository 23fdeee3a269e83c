/** Runs once when a server starts: says everything that is wrong with the environment, at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Imported here, so that the Edge bundle carries neither.
  const { environment, environmentReport, tell } = await import('./lib/cognito');
  for (const line of environmentReport()) console.error(line);
  const site = environment();
  const wrong = site.ok ? [] : site.problems.map(({ variable }) => variable);
  tell({ type: 'configuration', ok: site.ok, wrong });
  const { mendRequests } = await import('./lib/cognito/mend-requests');
  mendRequests();
}
