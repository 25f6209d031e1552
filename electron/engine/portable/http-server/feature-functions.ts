import { HTTP_VERB } from '../../../../preload/contract/win32/constants/http-api';
import { decodeStruct, type StructFields, type StructValue } from '../../../../preload/contract/win32/struct-codec';
import type { EngineFunctions } from '../../engine';
import { type EngineThreads, lastErrorOutcome } from '../kernel/engine-threads';
import { type CallFrame, ERROR_CONNECTION_INVALID, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NO_ERROR } from './call-frame';
import type { HttpServerState } from './http-server-state';

export type FeatureFunctions = Pick<EngineFunctions, 'HttpDeclarePush' | 'HttpIsFeatureSupported'>;

export interface FeatureParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly threads: EngineThreads;
}

/** HTTP_FEATURE_ID: what this engine can do of what newer versions of Windows can. */
const SUPPORTED: ReadonlySet<number> = new Set([1 /* response trailers */, 8 /* automatic chunked encoding */]);

/** What was added to the API after version 2, and asking whether it is there. */
export function createFeatureFunctions({ frame, state, threads }: FeatureParts): FeatureFunctions {
  return {
    HttpIsFeatureSupported: ({ FeatureId }, context) => lastErrorOutcome(threads, context, SUPPORTED.has(FeatureId) ? 1 : 0),

    // A push happens where the protocol allows it; HTTP/1.1, which is all that is spoken here, does not.
    HttpDeclarePush: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const request = state.request(handle.queue, args.RequestId);
      if (request === undefined) return ERROR_CONNECTION_INVALID;
      if (args.Verb !== HTTP_VERB.HttpVerbGET && args.Verb !== HTTP_VERB.HttpVerbHEAD) return ERROR_INVALID_PARAMETER;
      if (frame.wide(args.Path) === undefined) return ERROR_INVALID_PARAMETER;
      return args.Headers !== 0n && hasBody(decodeStruct(frame.memory, 'HTTP_REQUEST_HEADERS', args.Headers)) ? ERROR_INVALID_PARAMETER : NO_ERROR;
    }),
  };
}

/** A push request has no entity body, and so no header that announces one. */
function hasBody(headers: StructFields): boolean {
  const known = knownOf(headers['KnownHeaders']);
  const length = known['Content-Length'];
  return known['Transfer-Encoding'] !== undefined || (length !== undefined && length !== '0');
}

function knownOf(value: StructValue): StructFields {
  // The codec reads KnownHeaders as a map by name.
  return value as StructFields;
}
