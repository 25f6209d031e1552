import { lazy, Suspense } from 'react';
import { beginWork } from '../store/idle';

/** Few starts need them: they are loaded when they are first shown. */
const RecordOthers = lazy(async () => {
  const done = beginWork();
  try {
    return { default: (await import('./record-others-dialog')).RecordOthersDialog };
  } finally {
    done();
  }
});

const ServiceState = lazy(async () => {
  const done = beginWork();
  try {
    return { default: (await import('./service-state-dialog')).ServiceStateDialog };
  } finally {
    done();
  }
});

/** The dialogs about programs that are not ours. */
export function OthersDialog({ kind }: { readonly kind: 'record-others' | 'service-state' }) {
  return <Suspense>{kind === 'record-others' ? <RecordOthers /> : <ServiceState />}</Suspense>;
}
