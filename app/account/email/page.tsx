import { EMAIL } from '@/lib/account/forms/address';
import { pageMetadata } from '@/lib/page-metadata';
import { AddressPage } from '../address-page';

export const metadata = pageMetadata('/account/email');

/** Changes the email address: first the new one, then the code that was sent to it. */
export default function Page() {
  return <AddressPage address={EMAIL} name="email" what="email address" />;
}
