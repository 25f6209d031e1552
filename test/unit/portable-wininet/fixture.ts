import { afterEach, beforeEach, expect } from 'vitest';
import { Peer, type Serve } from './peer';
import { Probe } from './probe';

/** What a test of one engine and one server has; both are new for every test. */
export interface Fixture {
  readonly probe: Probe;
  readonly peer: Peer;
  /** What the server does with a request. */
  serve: Serve;
}

/** Sets up and takes down; after every test the engine must have given every socket back. */
export function engineAndPeer(serve: Serve): Fixture {
  let parts: { probe: Probe; peer: Peer; serve: Serve } | undefined;
  const now = (): { probe: Probe; peer: Peer; serve: Serve } => {
    if (parts === undefined) throw new Error('only inside a test');
    return parts;
  };
  beforeEach(async () => {
    parts = { probe: new Probe(), peer: await Peer.start((connection, request, nth) => now().serve(connection, request, nth)), serve };
  });
  afterEach(async () => {
    const { probe, peer } = now();
    await probe.engine.dispose();
    expect(probe.engine.openClientSockets).toBe(0);
    await peer.stop();
  });
  return {
    get probe() { return now().probe; },
    get peer() { return now().peer; },
    get serve() { return now().serve; },
    set serve(next) { now().serve = next; },
  };
}
