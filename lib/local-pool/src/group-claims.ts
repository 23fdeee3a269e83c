/** A group of the pool, with the settings that affect tokens. */
export interface GroupDefinition {
  name: string;
  /** The ARN of an IAM role. */
  roleArn?: string | undefined;
  /** 0 or more. The lowest precedence wins; a group without one comes last. */
  precedence?: number | undefined;
}

/** The groups and roles for the tokens, in the format of a pre token generation event. */
export interface GroupConfiguration {
  groupsToOverride: readonly string[];
  iamRolesToOverride: readonly string[];
  preferredRole: string | null;
}

/**
 * A user's groups and their roles (facts, section 9). A group that isn't defined has no role. If
 * the group with the lowest precedence has no role, the next one with a role is preferred; no
 * source confirms this.
 *
 * @param defined the pool's groups
 * @param names the user's groups
 */
export function groupConfiguration(
  defined: readonly GroupDefinition[],
  names: ReadonlySet<string>,
): GroupConfiguration {
  const withRole = defined.flatMap(({ name, roleArn, precedence = Number.POSITIVE_INFINITY }) => {
    return names.has(name) && roleArn !== undefined ? [{ roleArn, precedence }] : [];
  });
  const strongest = Math.min(...withRole.map(({ precedence }) => precedence));
  const candidates = new Set(
    withRole.filter((group) => group.precedence === strongest).map(({ roleArn }) => roleArn),
  );
  const [preferred] = candidates;
  return {
    groupsToOverride: [...names],
    iamRolesToOverride: [...new Set(withRole.map(({ roleArn }) => roleArn))],
    preferredRole: candidates.size === 1 && preferred !== undefined ? preferred : null,
  };
}
