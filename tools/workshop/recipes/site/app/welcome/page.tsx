import { SignInWithGoogle } from '../_components/sign-in-with-google';

export default function WelcomePage() {
  return <SignInWithGoogle />;
}
