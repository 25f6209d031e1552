import type { AnswerRule } from './answer-rule';

/** Of a received request what rules look at. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query: "/orders?page=2". */
  readonly target: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Whether a rule, as far as it goes, is about a request. How often it has taken one is not asked here. */
export function matchesRule({ method, matching, path, header }: AnswerRule, request: RequestFacts): boolean {
  return (method === '' || method === request.method) && matchesPath(path, matching, request.target) && matchesHeader(header, request.headers);
}

function matchesPath(path: string, matching: AnswerRule['matching'], target: string): boolean {
  if (path === '') return true;
  const asked = path.includes('?') ? target : target.replace(/\?.*$/s, '');
  return matching === 'prefix' ? asked.startsWith(path) : matchesWildcard(path.split('*'), asked);
}

/**
 * Whether the parts stand in the text in their order, the first at its start and the last at its end. The leftmost place
 * for each is enough, so that no text makes it go back.
 */
function matchesWildcard(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function matchesHeader(condition: string, headers: RequestFacts['headers']): boolean {
  if (condition === '') return true;
  const colon = condition.indexOf(':');
  const name = (colon < 0 ? condition : condition.slice(0, colon)).trim().toLowerCase();
  const text = colon < 0 ? '' : condition.slice(colon + 1).trim().toLowerCase();
  return headers.some((header) => header.name.toLowerCase() === name && header.value.toLowerCase().includes(text));
}
