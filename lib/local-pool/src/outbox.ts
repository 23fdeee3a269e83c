/** An email or text message that Cognito would have sent. */
export interface Message {
  /** When it was sent, in epoch seconds by the pool's clock. */
  at: number;
  /** The email address or phone number. */
  to: string;
  subject: string;
  text: string;
  /** The six-digit code, which the text contains too. */
  code: string;
  /** Confirms the account when opened; only for a sign-up. */
  link?: string | undefined;
}

export interface Outbox {
  send(message: Message): void;
  /** Newest first. */
  list(): readonly Message[];
}

/** A pool may run for days, so older messages are dropped. */
const KEPT = 100;

/**
 * Keeps the emails that the pool would send.
 *
 * @param onMessage called with each message as it is sent, e.g. to print it
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
 * Formats a message as one line for a terminal.
 *
 * @param message the message
 */
export function messageLine({ to, text, link }: Message): string {
  // Names and addresses come from a form. Control characters must not reach the terminal.
  const line = `${to.startsWith('+') ? 'SMS' : 'Email'} to ${to}: ${text}${link === undefined ? '' : ` ${link}`}`;
  return line.replace(/\p{Cc}/gu, ' ');
}
