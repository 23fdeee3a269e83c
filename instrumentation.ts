/** Runs once when a server starts: says everything that is wrong with the environment, at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  // Imported here, so that the Edge bundle carries neither.
  const { environmentReport } = await import('./lib/cognito');
  for (const line of environmentReport()) console.error(line);
  const { mendRequests } = await import('./lib/cognito/mend-requests');
  mendRequests();
}
