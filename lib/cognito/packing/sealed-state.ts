import { sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';

/** The constant parts of a seal. A state leaves them out. */
const START = 'Fe26.2*';
const END = '~2';

/**
 * Seals fields into text for the `state` parameter. It has only characters that no URL has to escape, because Cognito
 * has mangled others: https://github.com/awslabs/cognito-at-edge/issues/61
 *
 * @param fields what to seal, as JSON
 * @param password the session secret
 * @returns about 240 characters, and 4 for each 3 bytes of the fields
 */
export async function sealState(
  fields: readonly unknown[],
  password: CognitoConfig['sessionSecret'],
): Promise<string> {
  const seal = await sealData(fields, { password, ttl: 0 });
  return seal.slice(START.length, -END.length).replaceAll('*', '.');
}

/**
 * Opens a state from `sealState`. It never expires: the fields must contain a time if it should.
 *
 * @param state untrusted text
 * @param password the session secret
 * @returns the fields; none for anything that `sealState` didn't return
 */
export async function openState(
  state: string,
  password: CognitoConfig['sessionSecret'],
): Promise<unknown[]> {
  const seal = `${START}${state.replaceAll('.', '*')}${END}`;
  const fields = await unsealData<unknown>(seal, { password, ttl: 0 });
  // iron-session copies an array into an object with the same numbered members.
  return typeof fields === 'object' && fields !== null ? Object.values(fields) : [];
}
