import { csvText } from '../document/portal-csv.js';

/** An event without a dossier (a payment, a withdrawal) for a portal: one row per value it has, in the order of the body. */
export function eventCsv(type: string, timestamp: string, data: Readonly<Record<string, unknown>>): string {
  const caseRef = String(data['caseId'] ?? '');
  const rows = valuesOf(data).map(([field, value]) => [caseRef, type, timestamp, field, value]);
  return csvText([['caseRef', 'event', 'timestamp', 'field', 'value'], ...rows]);
}

/** Every value of a JSON document with the path to it: `receipts.0.amount`. */
function valuesOf(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [[path.join('.'), String(value)]];
  return Object.entries(value).flatMap(([name, each]) => valuesOf(each, [...path, name]));
}
