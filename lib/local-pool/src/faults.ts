/** What goes wrong with the next requests to a path. */
export interface Fault {
  /** Answers with this status instead of the pool; 503 if only a body or headers are given. */
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  /** Waits first, in real milliseconds; alone, the pool's own answer follows. */
  delayMs?: number;
  /** Never answers. */
  hang?: boolean;
  /** Ends the connection without an answer. */
  reset?: boolean;
  /** For how many requests; default: until the fault is cleared. */
  times?: number;
}

/** Thrown instead of an answer; the HTTP server turns it into a TCP reset. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed');
    this.name = 'ConnectionReset';
  }
}

export interface Faults {
  /** Sets the fault of a path, or clears it with null. */
  set(path: string, fault: Fault | null): void;
  /** Runs a request through the fault of its path, if there is one. */
  apply(path: string, answer: () => Promise<Response>): Promise<Response>;
}

/** No faults, until a test sets some. */
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
