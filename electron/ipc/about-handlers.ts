import type { About } from '../../preload/contract/about';
import type { AppUpdateStep } from '../../preload/contract/app-update';
import type { InspectorError } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';
import { ABOUT_COPY_SCHEMA, APP_UPDATE_SCHEMA } from '../../preload/contract/schemas';
import { aboutText } from './about-text';
import { parse } from './parse';

export interface AboutHandlerParts {
  readonly about: () => Promise<About>;
  readonly takeUpdateStep: (step: AppUpdateStep) => Promise<Result<undefined, string>>;
  readonly copyText: (text: string) => void;
}

/** What answers the part of the bridge that is about the application itself. */
export interface AboutHandlers {
  about(): Promise<Result<About, InspectorError>>;
  copyAbout(request: unknown): Promise<Result<undefined, InspectorError>>;
  appUpdate(step: unknown): Promise<Result<undefined, InspectorError>>;
}

export function createAboutHandlers({ about, takeUpdateStep, copyText }: AboutHandlerParts): AboutHandlers {
  const read = async (): Promise<Result<About, InspectorError>> => {
    try {
      return ok(await about());
    } catch (failure) {
      return err({ kind: 'file', message: `What this build is made of cannot be read: ${failure instanceof Error ? failure.message : String(failure)}` });
    }
  };
  return {
    about: read,
    copyAbout: async (input) => {
      const request = parse(ABOUT_COPY_SCHEMA, input);
      if (!request.ok) return request;
      const answer = await read();
      if (!answer.ok) return answer;
      const text = aboutText(answer.value, request.value);
      if (text === undefined) return err({ kind: 'invalid-argument', issues: [{ field: 'package', message: 'is no package of this application' }] });
      copyText(text);
      return ok(undefined);
    },
    appUpdate: async (input) => {
      const step = parse(APP_UPDATE_SCHEMA, input);
      if (!step.ok) return step;
      const taken = await takeUpdateStep(step.value);
      return taken.ok ? taken : err({ kind: 'unavailable', api: 'appUpdate', reason: taken.error });
    },
  };
}
