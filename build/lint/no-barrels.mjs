// A module has something of its own to say, and a name that says what.

const drawers = /(^|\/)(utils?|helpers?|misc|common)(\/|\.[a-z]+$)/;

/** @type {import('./plugin.mjs').HouseRule} */
export function noBarrels(file, report) {
  return {
    Program(node) {
      if (drawers.test(file)) report(node, `${file}: name the module by what is in it`);
      const barrel = node.body.length > 0 && node.body.every((/** @type {any} */ statement) => statement.source && statement.type.startsWith('Export'));
      if (barrel) report(node, 'this file only passes on what others export: import from where it is made');
    },
  };
}
