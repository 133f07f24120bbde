/** What the host asks for (native menu, deep links): the same actions, under the same reasons, as a key or a button. */
import type { HostRequest } from '../../../shared/protocol/host-request.ts'
import { dialogIsOpen } from '../../state/dialogs.tsx'
import { type ActionContext, actionsOf, useRegistry } from './registry.ts'

/** Listens until the answer is called. A dialog that waits for an answer is not walked away from. */
export function listenToHost(
  onHostRequest: (listener: (request: HostRequest) => void) => () => void,
  context: () => ActionContext,
): () => void {
  return onHostRequest((request) => {
    if (dialogIsOpen()) return
    if (request.method === 'host.navigate') {
      context().navigate(request.route)
      return
    }
    const action = actionsOf(useRegistry.getState()).find(({ id }) => id === request.action)
    if (!action || action.hidden?.(context()) || action.reason?.(context()) !== undefined) return
    action.run(context())
  })
}
