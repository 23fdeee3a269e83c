/** A mail that Cognito would have sent. */
export interface Message {
  /** Epoch seconds by the pool's clock. */
  at: number;
  /** The e-mail address. */
  to: string;
  subject: string;
  text: string;
  /** The six digits, which the text has too. */
  code: string;
  /** Confirms the account by itself; with a sign-up only. */
  link?: string | undefined;
}

export interface Outbox {
  send(message: Message): void;
  /** Newest first. */
  list(): readonly Message[];
}

/** Older ones are forgotten: a pool may run for days. */
const KEPT = 100;

/**
 * Where mails end, since the pool sends none.
 *
 * @param onMessage told of each message as it is sent, e.g. to print it
 */
export function createOutbox(onMessage: (message: Message) => void = () => {}): Outbox {
  const messages: Message[] = [];
  return {
    send(message) {
      messages.unshift(message);
      messages.length = Math.min(messages.length, KEPT);
      onMessage(message);
    },
    list: () => messages.map((message) => ({ ...message })),
  };
}

/**
 * A message as one line for a terminal.
 *
 * @param message any
 */
export function messageLine({ to, text, link }: Message): string {
  // A name or an address comes from a form: no control character may reach the terminal.
  const line = `Mail to ${to}: ${text}${link === undefined ? '' : ` ${link}`}`;
  return line.replace(/\p{Cc}/gu, ' ');
}
