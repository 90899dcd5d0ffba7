import { parseAst } from 'vitest/node';
import type { Source } from './sources.ts';

/** A function as its shape is judged. */
export interface Shape {
  name: string;
  /** Where it begins. */
  line: number;
  /** Without the lines of the data that it hands back. */
  lines: number;
  parameters: number;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [member: string]: unknown;
}

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const LITERAL = /^(?:ObjectExpression|ArrayExpression)$/;

const known = new WeakMap<Source, Shape[]>();

/** Every function of a file, also those inside of others. */
export function functionsOf(source: Source): Shape[] {
  const shapes = known.get(source) ?? readFunctions(source);
  known.set(source, shapes);
  return shapes;
}

function readFunctions({ path, text }: Source): Shape[] {
  if (!/\.[jt]s$/.test(path)) return [];
  const lang = path.endsWith('.ts') ? 'ts' : 'js';
  const program = parseAst(text, { lang, sourceType: 'module' }, path) as unknown as Node;
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const lineAt = (at: number) => starts.findLastIndex((start) => start <= at) + 1;
  const length = ({ start, end }: Node) => lineAt(end) - lineAt(start);
  const shapes: Shape[] = [];
  const visit = (node: Node, named: string): void => {
    if (FUNCTION.test(node.type) && isNode(node.body)) {
      const data = handedBack(node.body).reduce((sum, literal) => sum + length(literal), 0);
      shapes.push({
        name: nameOf(node) || named || 'a function without a name',
        line: lineAt(node.start),
        lines: length(node) + 1 - data,
        parameters: (node.params as unknown[]).length,
      });
    }
    for (const child of childrenOf(node)) visit(child, nameOf(node));
  };
  visit(program, '');
  return shapes;
}

/**
 * What a function declares: the object or list that it hands back, alone or given to the call that it hands back. The
 * functions in it are judged by themselves.
 */
function handedBack(body: Node): Node[] {
  const returned = body.type === 'BlockStatement' ? returnsIn(body) : [body];
  return returned.flatMap((node) => {
    const whole = node.type === 'CallExpression' ? (node.arguments as Node[]) : [node];
    return whole.filter(({ type }) => LITERAL.test(type));
  });
}

/** Its own, not those of functions inside of it. */
function returnsIn(node: Node): Node[] {
  if (node.type === 'ReturnStatement') return isNode(node.argument) ? [node.argument] : [];
  return childrenOf(node)
    .filter(({ type }) => !FUNCTION.test(type))
    .flatMap(returnsIn);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** Of what a function is declared as or put into. */
function nameOf(node: Node): string {
  const named = [node.id, node.key].find(isNode);
  return typeof named?.name === 'string' ? named.name : '';
}
