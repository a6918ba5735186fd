import { attempt } from '../store/page/notices'
import type { Action } from './types'

/** Does something for who uses the page: what it throws is shown instead of thrown. */
export function perform<Given extends unknown[]>(action: Action<Given>, ...given: Given): void {
  attempt(async () => {
    await action.run(...given)
  })
}
