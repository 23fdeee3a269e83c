import { PHONE } from '@/lib/account/forms/address';
import { pageMetadata } from '@/lib/page-metadata';
import { AddressPage } from '../address-page';

export const metadata = pageMetadata('/account/phone');

/** Changes the phone number: first the new one, then the code that was sent to it. */
export default function Page() {
  return <AddressPage address={PHONE} name="phone" what="phone number" />;
}
