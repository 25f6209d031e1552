// window.inspector is touched in renderer/bridge and nowhere else in the renderer.

const globals = new Set(['window', 'globalThis', 'self']);

/** @param {any} node */
function isGlobal(node) {
  return node?.type === 'Identifier' && globals.has(node.name);
}

/** @type {import('./plugin.mjs').HouseRule} */
export function bridgeOnly(file, report) {
  if (!file.startsWith('renderer/') || file.startsWith('renderer/bridge/')) return {};
  const message = 'window.inspector belongs to renderer/bridge: use a store action';
  return {
    MemberExpression(node) {
      const name = node.computed ? node.property.value : node.property.name;
      if (isGlobal(node.object) && name === 'inspector') report(node, message);
    },
    VariableDeclarator(node) {
      if (node.id.type !== 'ObjectPattern' || !isGlobal(node.init)) return;
      const taken = node.id.properties.find((/** @type {any} */ property) => property.key?.name === 'inspector');
      if (taken) report(taken, message);
    },
  };
}
