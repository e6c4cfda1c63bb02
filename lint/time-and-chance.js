const members = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.randomBytes',
  'crypto.getRandomValues',
  'crypto.randomInt',
  'process.hrtime',
]);
const globals = new Set(['setTimeout', 'setInterval']);
const imported = new Map([
  ['crypto', new Set(['randomUUID', 'randomBytes', 'randomInt', 'randomFillSync', 'randomFill'])],
  ['timers', new Set(['setTimeout', 'setInterval'])],
  ['timers/promises', new Set(['setTimeout', 'setInterval', 'scheduler'])],
  ['perf_hooks', new Set(['performance'])],
]);

/**
 * Time and chance come in by the door: kernel/clock and kernel/random are handed in, so that the
 * whole desk runs on a virtual clock with a seed. This rule finds who takes them elsewhere.
 */
export const timeAndChance = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      taken: '{{name}}: take time from kernel/clock and chance from kernel/random, handed in.',
    },
  },
  create(context) {
    const report = (node, name) => context.report({ node, messageId: 'taken', data: { name } });
    const isGlobal = (node) => {
      const scope = context.sourceCode.getScope(node);
      const reference = scope.references.find((one) => one.identifier === node);
      return !reference?.resolved || reference.resolved.defs.length === 0;
    };
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
        const name = `${node.object.name}.${node.property.name}`;
        if (!node.computed && members.has(name)) report(node, name);
        if (node.object.name === 'globalThis' && globals.has(node.property.name))
          report(node, name);
      },
      NewExpression(node) {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return;
        if (node.arguments.length === 0) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (node.callee.type !== 'Identifier') return;
        if (node.callee.name === 'Date') report(node, 'Date()');
        if (globals.has(node.callee.name) && isGlobal(node.callee)) report(node, node.callee.name);
      },
      ImportDeclaration(node) {
        const names = imported.get(node.source.value.replace(/^node:/, ''));
        if (names === undefined) return;
        for (const specifier of node.specifiers) {
          const name = specifier.imported?.name;
          if (name !== undefined && names.has(name)) report(specifier, name);
        }
      },
    };
  },
};
