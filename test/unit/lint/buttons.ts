import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A button that a person can press, as it stands in the source. */
export interface FoundButton {
  /** Its words, its name, or what it shows. */
  readonly words: string;
  /** The functions that its handler calls. */
  readonly calls: readonly string[];
}

interface AstNode {
  readonly type: string;
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';
}

/** Every node below one, itself first. */
function* walk(node: AstNode): Generator<AstNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

function part(node: AstNode, ...path: readonly string[]): unknown {
  let at: unknown = node;
  for (const name of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  return at;
}

/** Whether the file shows a dialog: what is pressed there and ends with it is its own. */
export function showsDialog(source: string): boolean {
  return /<Dialog\b/.test(source);
}

/** The buttons of a file: <button> and <Button>, with what their handlers call. */
export function buttonsIn(file: URL | string, source = readFileSync(file, 'utf8')): readonly FoundButton[] {
  const { program } = parseSync(String(file), source, { lang: 'tsx' });
  const found: FoundButton[] = [];
  for (const node of walk(program as unknown as AstNode)) {
    if (node.type !== 'JSXElement') continue;
    const name = part(node, 'openingElement', 'name', 'name');
    if (name !== 'button' && name !== 'Button') continue;
    found.push({ words: wordsOf(node), calls: callsOf(node, program as unknown as AstNode) });
  }
  return found;
}

function attribute(node: AstNode, name: string): AstNode | undefined {
  const attributes = part(node, 'openingElement', 'attributes');
  const found: unknown = Array.isArray(attributes) ? attributes.find((one: unknown) => isNode(one) && part(one, 'name', 'name') === name) : undefined;
  const value: unknown = isNode(found) ? part(found, 'value') : undefined;
  return isNode(value) ? value : undefined;
}

function wordsOf(node: AstNode): string {
  for (const name of ['name', 'aria-label']) {
    const value = attribute(node, name);
    if (value !== undefined) return textsIn(value);
  }
  const children = part(node, 'children');
  return Array.isArray(children) ? children.filter(isNode).map(textsIn).join('').replaceAll(/\s+/g, ' ').trim() : '';
}

/** The texts that stand in an expression, what is computed as an ellipsis. */
function textsIn(node: AstNode): string {
  switch (node.type) {
    case 'Literal': case 'JSXText': return String(part(node, 'value'));
    case 'JSXExpressionContainer': { const inner = part(node, 'expression'); return isNode(inner) ? textsIn(inner) : ''; }
    case 'ConditionalExpression': return [part(node, 'consequent'), part(node, 'alternate')].filter(isNode).map(textsIn).join(' or ');
    case 'TemplateLiteral': { const quasis = part(node, 'quasis'); return Array.isArray(quasis) ? quasis.filter(isNode).map((one) => String(part(one, 'value', 'cooked'))).join('…') : ''; }
    default: return '…';
  }
}

/** The names that a handler calls; of one that is itself a name, those that the function of this name in the file calls. */
function callsOf(button: AstNode, program: AstNode): readonly string[] {
  const handler = attribute(button, 'onPress') ?? attribute(button, 'onClick');
  if (handler === undefined) return [];
  const expression = part(handler, 'expression');
  if (isNode(expression) && expression.type === 'Identifier') {
    const name = String(part(expression, 'name'));
    const declared = [...walk(program)].find((one) => one.type === 'VariableDeclarator' && part(one, 'id', 'name') === name);
    return declared === undefined ? [name] : namesCalled(declared);
  }
  return namesCalled(handler);
}

function namesCalled(node: AstNode): readonly string[] {
  return [...walk(node)].filter(({ type }) => type === 'CallExpression').map((call) => String(part(call, 'callee', 'name') ?? part(call, 'callee', 'property', 'name') ?? '?'));
}
