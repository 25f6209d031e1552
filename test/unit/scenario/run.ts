import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { runScenario, type RunOptions } from '../../../electron/scenario/runner/scenario-run';
import type { Failure, ScenarioResult } from '../../../electron/scenario/runner/step-result';

/** Runs the text of a scenario on a portable engine of its own. */
export async function run(text: string, options: Partial<RunOptions> = {}): Promise<ScenarioResult> {
  const scenario = loadScenario(text);
  if (!scenario.ok) throw new Error(scenario.error.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n'));
  const engine = new PortableEngine();
  try {
    return await runScenario(scenario.value, new Inspector(engine), { engine: 'portable', ...options });
  } finally {
    await engine.dispose();
  }
}

/** "step: what: expected …, observed …" of everything that did not hold. */
export function failures({ steps, problems }: ScenarioResult): readonly string[] {
  const words = ({ what, expected, observed }: Failure): string => `${what}: expected ${expected}, observed ${observed}`;
  return [...problems, ...steps.flatMap(({ step, failures: failed }) => failed.map((one) => `${step.path}: ${words(one)}`))];
}

/** Steps that open an asynchronous session, a connection to the scripted server and a request for a path. */
export function openRequest(path: string): string {
  return `
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
  - call: InternetSetStatusCallback
    with: { hInternet: $session }
    expect: { returns: null }
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP, dwContext: 2 }
    as: connection
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszVerb: GET, lpszObjectName: ${path}, dwContext: 3 }
    as: request
    expect: { returns: handle }
`;
}

/** Steps that open a server session, a URL group, a queue bound to it and a URL on $port. */
export const OPEN_SERVER = `
  - call: HttpInitialize
    with: { Version: HTTPAPI_VERSION_2, Flags: HTTP_INITIALIZE_SERVER }
  - call: HttpCreateServerSession
    with: { Version: HTTPAPI_VERSION_2 }
    as: session
  - call: HttpCreateUrlGroup
    with: { ServerSessionId: $session }
    as: group
  - call: HttpCreateRequestQueue
    with: { Version: HTTPAPI_VERSION_2 }
    as: queue
  - call: HttpSetUrlGroupProperty
    with: { UrlGroupId: $group, Property: HttpServerBindingProperty, PropertyInformation: { Flags: 1, RequestQueueHandle: $queue } }
  - call: HttpAddUrlToUrlGroup
    with: { UrlGroupId: $group, pFullyQualifiedUrl: 'http://localhost:$port/', UrlContext: 7 }
    expect: { returns: NO_ERROR }
`;
