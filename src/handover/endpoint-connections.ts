import { lookup as systemLookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type LookupFunction, type Socket, isIP } from 'node:net';
import type { Connections } from '../platform/outgoing/http.js';
import { refusedAddress } from './rules/endpoint/addresses.js';
import type { Endpoint } from './rules/endpoint/endpoint.js';

/** All addresses of a name, as text. Rejects when there are none. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export const systemResolver: ResolveName = async (name) => (await systemLookup(name, { all: true })).map(({ address }) => address);

/** No connection within this: nobody is there. */
const CONNECT_MS = 5_000;

/** A call that was not made. `syscall` says so to whoever asks whether there was a connection. */
class RefusedConnection extends Error {
  readonly code = 'EREFUSED';
  readonly syscall = 'connect';
}

/** Connections for one call of an endpoint, and where they went. */
export interface EndpointConnections extends Connections {
  /** The address that was connected to, null: there was no connection. */
  readonly address: () => string | null;
}

/**
 * Makes connections that go to the address that was looked at, and to no other: the name is resolved once, all its addresses must be
 * public, and the socket is opened to the first of them. A name that answers differently the next time has nothing to gain. Never
 * reused: each call has connections of its own.
 */
export function endpointConnections({ allowed }: Endpoint, resolve: ResolveName): EndpointConnections {
  const refuses = (address: string): string | null => (allowed ? null : refusedAddress(address));
  let connected: string | null = null;

  const lookup: LookupFunction = (name, options, callback) => {
    void checked(name, resolve, refuses).then(
      (address) => {
        const family = isIP(address);
        if (options.all) callback(null, [{ address, family }]);
        else callback(null, address, family);
      },
      (cause: NodeJS.ErrnoException) => callback(cause, ''),
    );
  };
  const watch = (socket: Socket): void => {
    const late = setTimeout(() => socket.destroy(new RefusedConnection(`no connection within ${CONNECT_MS} ms`)), CONNECT_MS);
    socket.once('close', () => clearTimeout(late));
    socket.once('connect', () => {
      clearTimeout(late);
      connected = socket.remoteAddress ?? null;
      // The lookup has seen it already; an address written into the URL it never sees.
      const why = connected === null ? 'the connection has no address' : refuses(connected);
      if (why !== null) socket.destroy(new RefusedConnection(`the endpoint is at an address that is not called (${why})`));
    });
  };
  return {
    httpAgent: watched(new HttpAgent({ keepAlive: false, lookup }), watch),
    httpsAgent: watched(new HttpsAgent({ keepAlive: false, lookup }), watch),
    address: () => connected,
  };
}

/** One address of a name, after all of them were looked at. */
async function checked(name: string, resolve: ResolveName, refuses: (address: string) => string | null): Promise<string> {
  const addresses = await resolve(name);
  const [first] = addresses;
  for (const address of addresses) {
    const why = refuses(address);
    // Which address it was stays here: the answer must not be a map of somebody's network.
    if (why !== null) throw new RefusedConnection(`the name leads to an address that is not called (${why})`);
  }
  if (first === undefined) throw new RefusedConnection('the name has no address');
  return first;
}

/** An agent that shows each socket it opens. */
function watched<A extends HttpAgent>(agent: A, watch: (socket: Socket) => void): A {
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    if (socket) watch(socket as Socket);
    return socket;
  };
  return agent;
}
