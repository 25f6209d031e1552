import { isEnded } from '../../../preload/contract/handle';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';

export const callbackChangedAfterChildren: Rule = {
  id: 'callback-changed-after-children',
  severity: 'warning',
  page: pageOf('InternetSetStatusCallback'),
  says: 'The callback of a handle was changed after handles were made below it; those keep the one they were made with.',
  fix: 'Set the callback on the session before the first InternetConnect, or set it on each child too.',
  watch: (scene, report) => ({
    returned: (event, call) => {
      if (event.api !== 'InternetSetStatusCallback' || event.outcome !== 'success' || call?.handle === undefined) return;
      if (call.args['lpfnInternetCallback'] === event.returns) return;
      const children = scene.tree.childrenOf(call.handle).filter((id) => { const node = scene.node(id); return node !== undefined && !isEnded(node.state); });
      if (children.length === 0) return;
      report({
        handles: [call.handle, ...children], events: [call.seq], culprit: call,
        message: `${called(call)} changed the callback of ${scene.name(call.handle)}; ${scene.names(children)} ${children.length === 1 ? 'keeps' : 'keep'} the one before.`,
      });
    },
  }),
};
