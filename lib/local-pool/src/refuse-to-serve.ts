/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether the pool may run here. Its passwords are public, so it must only run on a development or
 * test machine, and be reachable only from that machine.
 *
 * @param env the process's environment
 * @param host the address to listen on
 * @returns null if it may run; otherwise one sentence that says why not
 */
export function refusalToServe(env: Env, host: string): string | null {
  if (env.NODE_ENV === 'production') {
    return 'The local user pool does not start with NODE_ENV=production: it is for development and tests only.';
  }
  // `vercel dev` sets VERCEL too, on the developer's own machine.
  if (isSet(env.VERCEL) && env.VERCEL_ENV !== 'development') {
    return 'The local user pool does not start on Vercel: set the COGNITO_* variables of a real user pool there.';
  }
  if (isSet(env.AWS_LAMBDA_FUNCTION_NAME)) {
    return 'The local user pool does not start in AWS Lambda: use a real user pool there.';
  }
  if (!isLoopback(host)) {
    return `The local user pool listens on loopback only, not on ${host}: use 127.0.0.1, ::1 or localhost.`;
  }
  return null;
}

/**
 * Whether a `Host` header names this machine. With any other name, the request came through DNS
 * rebinding, a tunnel or a proxy.
 *
 * @param header e.g. `127.0.0.1:9339`, `[::1]:9339`
 */
export function isLoopbackHostHeader(header: string | undefined): boolean {
  const [, host] = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(header ?? '') ?? [];
  return host !== undefined && isLoopback(host.replace(/^\[(.*)\]$/, '$1'));
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
