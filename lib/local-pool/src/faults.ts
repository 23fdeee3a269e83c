import { exceptionResponse } from './exceptions';

/** How the next requests to a path, or of one API operation, fail. */
export interface Fault {
  /** The status of the response; default 503 if `body` or `headers` is set. */
  status?: number;
  /**
   * Responds as the API does, with this `__type` and its usual status: 500 for
   * InternalErrorException, 403 for ForbiddenException, 400 for the others.
   */
  exception?: string;
  /** The message of `exception`; default: the usual one of exceptions about load and limits. */
  message?: string;
  body?: string;
  headers?: Record<string, string>;
  /** Waits this many real milliseconds first. If set alone, the pool then responds as usual. */
  delayMs?: number;
  /** Never responds. */
  hang?: boolean;
  /** Resets the connection without a response. */
  reset?: boolean;
  /** How many requests fail; default: all until the fault is cleared. */
  times?: number;
}

/** Thrown instead of a response. The HTTP server turns it into a TCP reset. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed');
    this.name = 'ConnectionReset';
  }
}

export interface Faults {
  /** Sets the fault of a path or an operation, or clears it with null. */
  set(name: string, fault: Fault | null): void;
  /** Applies the first fault of a request that is set, if there is one. */
  apply(names: readonly string[], answer: () => Promise<Response>): Promise<Response>;
}

/** Starts without faults. */
export function createFaults(): Faults {
  const faults = new Map<string, { fault: Fault; left: number }>();
  return {
    set(name, fault) {
      if (fault === null) faults.delete(name);
      else faults.set(name, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    async apply(names, answer) {
      const entry = names.flatMap((name) => faults.get(name) ?? []).find(({ left }) => left > 0);
      if (!entry) return await answer();
      entry.left -= 1;
      return await answerWith(entry.fault, answer);
    },
  };
}

async function answerWith(fault: Fault, answer: () => Promise<Response>): Promise<Response> {
  if (fault.delayMs !== undefined) await wait(fault.delayMs);
  if (fault.hang) return await new Promise(() => {});
  if (fault.reset) throw new ConnectionReset();
  const { exception, message, status, body, headers } = fault;
  if (exception !== undefined) return exceptionResponse(exception, message, status);
  if (status === undefined && body === undefined && headers === undefined) return await answer();
  return new Response(body ?? null, { status: status ?? 503, headers: headers ?? {} });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
