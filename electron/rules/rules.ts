import type { Rule } from './rule';
import { blockingCallInCallback } from './wininet/blocking-call-in-callback';
import { callbackChangedAfterChildren } from './wininet/callback-changed-after-children';
import { childOutlivesParent } from './wininet/child-outlives-parent';
import { closeRacesCall } from './wininet/close-races-call';
import { closedTwice } from './wininet/closed-twice';
import { closingIsLast } from './wininet/closing-is-last';
import { completeBeforeClosing } from './wininet/complete-before-closing';
import { handleClosingMissing } from './wininet/handle-closing-missing';
import { handleLeaked } from './wininet/handle-leaked';
import { handlesGrowing } from './wininet/handles-growing';
import { leakedOnError } from './wininet/leaked-on-error';
import { longCallback } from './wininet/long-callback';
import { noClosingWillCome } from './wininet/no-closing-will-come';
import { noUseAfterClose } from './wininet/no-use-after-close';
import { oneCompletePerPending } from './wininet/one-complete-per-pending';
import { parentClosedWithPending } from './wininet/parent-closed-with-pending';
import { successAfterClose } from './wininet/success-after-close';
import { wininetInService } from './wininet/wininet-in-service';
import { abortedBy } from './http-server/aborted-by';
import { answerAfterCancel } from './http-server/answer-after-cancel';
import { cancelLosesOthers } from './http-server/cancel-loses-others';
import { cancelOfFinished } from './http-server/cancel-of-finished';
import { closedOutOfOrder } from './http-server/closed-out-of-order';
import { disconnectWaitTooLate } from './http-server/disconnect-wait-too-late';
import { initializeBalance } from './http-server/initialize-balance';
import { memoryReusedWhilePending } from './http-server/memory-reused-while-pending';
import { noErrorAndCompletion } from './http-server/no-error-and-completion';
import { oneCompletionPerOverlapped } from './http-server/one-completion-per-overlapped';
import { oneDemandStartPerQueue } from './http-server/one-demand-start-per-queue';
import { queueClosedWithRequests } from './http-server/queue-closed-with-requests';
import { receiveStarvation } from './http-server/receive-starvation';
import { requestIdDead } from './http-server/request-id-dead';
import { requestUnanswered } from './http-server/request-unanswered';
import { urlNotAdded } from './http-server/url-not-added';
import { urlRemovedInFlight } from './http-server/url-removed-in-flight';
import { usedAfterFinalWrite } from './http-server/used-after-final-write';

/** Every rule, in the order of the table in docs/findings.md: those of an HINTERNET, then those of the HTTP Server API. */
export const RULES: readonly Rule[] = [
  noUseAfterClose, closedTwice, childOutlivesParent, closeRacesCall, closingIsLast, completeBeforeClosing,
  oneCompletePerPending, handleClosingMissing, noClosingWillCome, successAfterClose, parentClosedWithPending,
  callbackChangedAfterChildren, blockingCallInCallback, longCallback, handleLeaked, leakedOnError, handlesGrowing,
  wininetInService, memoryReusedWhilePending, oneCompletionPerOverlapped, noErrorAndCompletion, abortedBy,
  cancelOfFinished, answerAfterCancel, usedAfterFinalWrite, requestIdDead, cancelLosesOthers, requestUnanswered,
  queueClosedWithRequests, closedOutOfOrder, urlRemovedInFlight, urlNotAdded, receiveStarvation,
  disconnectWaitTooLate, initializeBalance, oneDemandStartPerQueue,
];

/** What scenarios, the command line and a session file name rules by. */
export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);
