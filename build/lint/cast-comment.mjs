// A cast switches the compiler off, so it is earned by a comment: on its line, or on the lines just above the
// statement that holds it.

/** @type {import('./plugin.mjs').HouseRule} */
export function castComment(_file, report, source) {
  return {
    TSAsExpression(node) {
      if (node.typeAnnotation.type === 'TSTypeReference' && node.typeAnnotation.typeName?.name === 'const') return;
      let statement = node;
      while (statement.parent && !/(Statement|Declaration|Definition)$/.test(statement.type)) statement = statement.parent;
      const first = statement.loc.start.line - 1;
      const last = node.loc.end.line;
      const earned = source
        .getAllComments()
        .some((/** @type {any} */ comment) => comment.loc.end.line >= first && comment.loc.start.line <= last);
      if (!earned) report(node, 'a cast needs a comment that says why it is right');
    },
  };
}
