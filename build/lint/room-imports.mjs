// Every way of naming another module is held to the table of rooms.
import { objection } from './rooms.mjs';

/** @type {import('./plugin.mjs').HouseRule} */
export function roomImports(file, report) {
  /** @param {any} node @param {any} source the literal that names the module, if it is one */
  function check(node, source) {
    if (typeof source?.value !== 'string') return;
    const message = objection(file, source.value);
    if (message) report(node, message);
  }
  return {
    ImportDeclaration: (node) => check(node, node.source),
    ExportNamedDeclaration: (node) => check(node, node.source),
    ExportAllDeclaration: (node) => check(node, node.source),
    ImportExpression: (node) => check(node, node.source),
    TSImportType: (node) => check(node, node.source ?? node.argument?.literal ?? node.argument),
    TSImportEqualsDeclaration: (node) => check(node, node.moduleReference?.expression),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') check(node, node.arguments[0]);
    },
  };
}
