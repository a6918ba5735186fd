import { formatCount } from '../../../graph/op-tables/text'
import type { TrunkSize } from '../../../view/describe/types'

/** `keeps 45 of 62 operations, 2.1 M parameters, 280 M multiply-adds` */
export function trunkText({ operations, ofOperations, parameters, multiplyAdds }: TrunkSize): string {
  return [
    `keeps ${operations} of ${ofOperations} ${ofOperations === 1 ? 'operation' : 'operations'}`,
    `${formatCount(parameters)} parameters`,
    `${formatCount(multiplyAdds)} multiply-adds`,
  ].join(', ')
}
