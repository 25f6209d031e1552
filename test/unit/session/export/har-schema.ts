import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** HAR 1.2 by the schemas of har-schema, which are of JSON Schema draft 6. */
export function harValidator(): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  ajv.addMetaSchema(objectOf(require('ajv/dist/refs/json-schema-draft-06.json')));
  for (const schema of Object.values(objectOf(require('har-schema')))) ajv.addSchema(objectOf(schema));
  const validate = ajv.getSchema('har.json');
  if (validate === undefined) throw new Error('har-schema has no har.json');
  return validate;
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('a schema is an object');
  return value;
}
