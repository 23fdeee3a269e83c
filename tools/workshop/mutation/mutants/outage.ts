import { unit } from '../mutant';

const CIRCUIT = 'lib/cognito/protocol/circuit-breaker.ts';
const FLIGHTS = 'lib/cognito/protocol/single-flight.ts';

/** How much an endpoint that is down may cost. */
export const outage = [
  ...unit(
    CIRCUIT,
    ['cognito/circuit'],
    [
      {
        id: 'circuit-one-tries',
        defense:
          'one request at a time tries a broken endpoint, and the others wait for its result',
        find: 'if (broken && trial && !(await trial)) return undefined;',
        replace: '',
      },
      {
        id: 'circuit-patience',
        defense: 'no request waits long for an endpoint that was down a moment ago',
        find: 'return late && !patient ? undefined : running;',
        replace: 'return running;',
      },
      {
        id: 'circuit-half-second',
        defense: 'a broken endpoint costs at most half a second',
        find: 'PATIENCE = 0.5;',
        replace: 'PATIENCE = 50;',
      },
      {
        id: 'circuit-throws',
        defense: 'a call that throws breaks the circuit',
        find: 'let failed = true;',
        replace: 'let failed = false;',
      },
      {
        id: 'circuit-late-failure',
        defense: 'a failure that started before a later success does not count',
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
        defense: 'an endpoint that is down does not cost every request the full timeout',
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
        defense: 'concurrent calls for the same work run it once',
        find: 'if (before && (young || before.finishedAt !== undefined)) return before.result;',
        replace: '',
      },
      {
        id: 'flights-over',
        defense: 'a result is not reused after its lifetime',
        find: 'return flight && !isOver(flight) ? flight : undefined;',
        replace: 'return flight;',
      },
      {
        id: 'flights-max',
        defense: 'the number of remembered results is limited',
        find: ' && flights.size <= max',
        replace: '',
      },
      {
        id: 'flights-owner',
        defense: "one owner's results do not push out those of others",
        find: ' && each.startsWith(owner)',
        replace: '',
      },
      {
        id: 'flights-newest',
        defense: 'a refusal does not replace newer tokens',
        find: "if (!newest && kept !== 'always') return;",
        replace: '',
      },
      {
        id: 'flights-failure',
        defense: 'a failure is not remembered',
        find: "() => finish(key, flight, 'never'),",
        replace: "() => finish(key, flight, 'always'),",
      },
      {
        id: 'flights-ended',
        defense:
          'failed work is not reused: after an outage, a callback or a fetch of the keys is tried again',
        find: "    flights.delete(key);\n    if (kept === 'never') return;",
        replace: "    if (kept === 'never') return;\n    flights.delete(key);",
        tests: ['cognito/callbacks', 'cognito/keys'],
      },
      {
        id: 'flights-default',
        defense: 'by default, a result is shared only with the calls that wait for it',
        find: "{ keep = () => 'never', keepSeconds = 0, max = 0, maxEach = 0 }",
        replace: "{ keep = () => 'always', keepSeconds = 60, max = 99, maxEach = 99 }",
        tests: ['cognito/keys'],
      },
      {
        id: 'flights-patience',
        defense: 'later calls do not join work that hangs',
        find: 'now() - before.startedAt < patience',
        replace: 'true',
      },
    ],
  ),
];
