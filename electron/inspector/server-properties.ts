import type { OpenServerCommand, Verbosity503 } from '../../preload/contract/command';
import { HTTP_503_RESPONSE_VERBOSITY as VERBOSITY, HTTP_SERVER_PROPERTY } from '../../preload/contract/win32/constants/http-api';
import { uintBytes, type Memory } from '../../preload/contract/win32/memory';
import { encodeStruct } from '../../preload/contract/win32/struct-codec';
import type { FunctionArgs } from '../../preload/contract/win32/functions';

const VERBOSITIES: Readonly<Record<Verbosity503, number>> = {
  basic: VERBOSITY.Http503ResponseVerbosityBasic, limited: VERBOSITY.Http503ResponseVerbosityLimited, full: VERBOSITY.Http503ResponseVerbosityFull,
};

/** A property to be set; `free` gives its memory back afterwards. */
export interface ServerProperty {
  readonly of: 'queue' | 'group';
  readonly args: Pick<FunctionArgs<'HttpSetUrlGroupProperty'>, 'Property' | 'PropertyInformation' | 'PropertyInformationLength'>;
  readonly free: () => void;
}

/** What New server sets beside the binding: only what the person gave, so that the rest stays as http.sys has it. */
export function serverProperties(command: OpenServerCommand, memory: Memory): readonly ServerProperty[] {
  const { queueLength, verbosity, entityBodyTimeout, idleTimeout } = command;
  const properties: ServerProperty[] = [];
  const number = (Property: number, value: number): void => {
    const address = memory.alloc(4);
    memory.write(address, uintBytes(value, 4));
    properties.push({ of: 'queue', args: { Property, PropertyInformation: address, PropertyInformationLength: 4 }, free: () => memory.free(address) });
  };
  if (queueLength !== undefined) number(HTTP_SERVER_PROPERTY.HttpServerQueueLengthProperty, queueLength);
  if (verbosity !== undefined) number(HTTP_SERVER_PROPERTY.HttpServer503VerbosityProperty, VERBOSITIES[verbosity]);
  if (entityBodyTimeout !== undefined || idleTimeout !== undefined) {
    const limits = encodeStruct(memory, 'HTTP_TIMEOUT_LIMIT_INFO', { Flags: 1, EntityBody: entityBodyTimeout ?? 0, IdleConnection: idleTimeout ?? 0 });
    // Numbers within their fields always fit.
    if (!limits.ok) throw new Error(limits.error);
    const { address, size, blocks } = limits.value;
    properties.push({
      of: 'group', args: { Property: HTTP_SERVER_PROPERTY.HttpServerTimeoutsProperty, PropertyInformation: address, PropertyInformationLength: size },
      free: () => { for (const block of blocks) memory.free(block); },
    });
  }
  return properties;
}
