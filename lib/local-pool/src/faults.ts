/** How the next requests to a path fail. */
export interface Fault {
  /** The status of the response; default 503 if `body` or `headers` is set. */
  status?: number;
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
  /** Sets the fault of a path, or clears it with null. */
  set(path: string, fault: Fault | null): void;
  /** Applies the fault of a path to a request, if there is one. */
  apply(path: string, answer: () => Promise<Response>): Promise<Response>;
}

/** Starts without faults. */
export function createFaults(): Faults {
  const faults = new Map<string, { fault: Fault; left: number }>();
  return {
    set(path, fault) {
      if (fault === null) faults.delete(path);
      else faults.set(path, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    async apply(path, answer) {
      const entry = faults.get(path);
      if (!entry || entry.left <= 0) return await answer();
      entry.left -= 1;
      return await answerWith(entry.fault, answer);
    },
  };
}

async function answerWith(fault: Fault, answer: () => Promise<Response>): Promise<Response> {
  if (fault.delayMs !== undefined) await wait(fault.delayMs);
  if (fault.hang) return await new Promise(() => {});
  if (fault.reset) throw new ConnectionReset();
  const { status, body, headers } = fault;
  if (status === undefined && body === undefined && headers === undefined) return await answer();
  return new Response(body ?? null, { status: status ?? 503, headers: headers ?? {} });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
