import { textOf } from './members';

/** Where Cognito sent a code. */
export interface CodeDelivery {
  /** The attribute to verify, e.g. `email`. */
  readonly attribute: string | undefined;
  readonly medium: 'EMAIL' | 'SMS' | undefined;
  /** Masked, e.g. `a***@e***`: only to show it. */
  readonly destination: string | undefined;
}

/**
 * Parses `CodeDeliveryDetailsType`, whose members are all optional.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CodeDeliveryDetailsType.html
 *
 * @param details from a response
 */
export function codeDelivery(details: unknown): CodeDelivery {
  const medium = textOf(details, 'DeliveryMedium');
  return {
    attribute: textOf(details, 'AttributeName'),
    medium: medium === 'EMAIL' || medium === 'SMS' ? medium : undefined,
    destination: textOf(details, 'Destination'),
  };
}
