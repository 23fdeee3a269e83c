import { unit } from '../mutant';

const CIRCUIT = 'lib/cognito/protocol/circuit-breaker.ts';
const FLIGHTS = 'lib/cognito/protocol/single-flight.ts';

/** What a dead endpoint may cost. */
export const outage = [
  ...unit(
    CIRCUIT,
    ['cognito/circuit'],
    [
      {
        id: 'circuit-one-tries',
        defence: 'one request tries a broken endpoint, and the others wait for its verdict',
        find: 'if (broken && trial && !(await trial)) return undefined;',
        replace: '',
      },
      {
        id: 'circuit-patience',
        defence: 'nobody waits long for an endpoint that was down a moment ago',
        find: 'return late && !patient ? undefined : running;',
        replace: 'return running;',
      },
      {
        id: 'circuit-half-second',
        defence: 'a broken endpoint costs half a second',
        find: 'PATIENCE = 0.5;',
        replace: 'PATIENCE = 50;',
      },
      {
        id: 'circuit-throws',
        defence: 'a call that throws breaks the circuit',
        find: 'let failed = true;',
        replace: 'let failed = false;',
      },
      {
        id: 'circuit-late-failure',
        defence: 'a failure of long ago says nothing of now',
        find: 'failed && (broken || successes === before)',
        replace: 'failed',
      },
    ],
  ),
  ...unit(
    CIRCUIT,
    ['in-process/outage'],
    [
      {
        id: 'circuit-breaks',
        defence: 'a dead endpoint does not cost every request the whole time-out',
        find: 'broken = failed && (broken || successes === before);',
        replace: 'broken = false;',
      },
    ],
  ),
  ...unit(
    FLIGHTS,
    ['cognito/single-flight'],
    [
      {
        id: 'flights-joined',
        defence: 'the same work at the same moment is done once',
        find: 'if (before && (young || before.finishedAt !== undefined)) return before.result;',
        replace: '',
      },
      {
        id: 'flights-over',
        defence: 'a result serves for its time and no longer',
        find: 'return flight && !isOver(flight) ? flight : undefined;',
        replace: 'return flight;',
      },
      {
        id: 'flights-max',
        defence: 'no more results are kept than allowed',
        find: ' && flights.size <= memory.max',
        replace: '',
      },
      {
        id: 'flights-newest',
        defence: 'a refusal does not take the place of newer tokens',
        find: "if (!newest && keep !== 'always') return;",
        replace: '',
      },
      {
        id: 'flights-failure',
        defence: 'a failure is not remembered',
        find: "() => finish(key, flight, 'never'),",
        replace: "() => finish(key, flight, 'always'),",
      },
      {
        id: 'flights-ended',
        defence:
          'work that failed is not joined any more: after an outage a callback or the keys are tried again',
        find: "    flights.delete(key);\n    if (keep === 'never') return;",
        replace: "    if (keep === 'never') return;\n    flights.delete(key);",
        tests: ['cognito/callbacks', 'cognito/keys'],
      },
      {
        id: 'flights-default',
        defence: 'unless it is asked for, a result serves only those who wait for it',
        find: "{ keep: () => 'never', keepSeconds: 0,",
        replace: "{ keep: () => 'always', keepSeconds: 60,",
        tests: ['cognito/keys'],
      },
      {
        id: 'flights-patience',
        defence: 'work that hangs is not joined',
        find: 'now() - before.startedAt < patience',
        replace: 'true',
      },
    ],
  ),
];
