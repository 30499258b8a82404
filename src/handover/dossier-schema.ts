import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { configPath } from '../platform/config/config-files.js';
import type { SchemaCheck } from './rules/document/check-dossier.js';

/** The published schema of the dossier. */
const SCHEMA_FILE = configPath('schemas/collection-dossier-1.schema.json');

/** What somebody can put right at a time; a hostile document has as many mistakes as it likes. */
const SHOWN = 50;

/** The check by the published schema. Throws (a fault of the installation) when that is missing or no schema. */
export function dossierSchemaCheck(): SchemaCheck {
  const ajv = new Ajv({ allErrors: true });
  formats.default(ajv, ['date', 'date-time', 'uuid']);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object);
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).slice(0, SHOWN).map(({ instancePath, message = 'does not fit', params }) => {
          const { additionalProperty: name } = params as { additionalProperty?: string };
          return { code: 'schema', path: instancePath, message: name === undefined ? message : `${message}: ${name}` };
        });
}
