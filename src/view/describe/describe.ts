import { normaliseTensor, splitTensor } from '../../graph/lookup/names'
import { describeGroup } from './group'
import { constantsBehind, groupNumbers } from './numbers'
import { describeNode } from './node'
import { describeTensor } from './tensor'
import { wholeCost } from './totals'
import { itemOf } from '../locate'
import type { ViewedModel } from '../viewed-model'
import type { Selection } from '../selection'
import type { Description } from './types'

/** All there is to say about a node, a group or a tensor; null if it is not there. */
export function describe(model: ViewedModel, selection: Selection): Description | null {
  switch (selection.kind) {
    case 'node':
      return ofNode(model, selection.name)
    case 'tensor': {
      const tensor = normaliseTensor(selection.name)
      const maker = model.index.nodes.get(splitTensor(tensor).node)
      return maker ? describeTensor(model, tensor, maker) : null
    }
    case 'scope': {
      const item = selection.name === '' ? model.grouping.root : itemOf(model, selection)
      if (!item) return null
      // A scope with one operation in it is not seen; that operation is.
      return item.kind === 'node' ? ofNode(model, item.name) : describeGroup(model, item)
    }
  }
}

/** Works out ahead what descriptions look up, one linear pass at a time, for when there is nothing else to do. */
export function* prepareDescribe({ index, grouping, facts }: ViewedModel): Generator<void, void> {
  constantsBehind(index)
  yield
  groupNumbers(index, grouping)
  yield
  if (facts) wholeCost(index.graph, facts)
  yield
  index.uses.get('')
}

function ofNode(model: ViewedModel, name: string): Description | null {
  const node = model.index.nodes.get(name)
  return node ? describeNode(model, node) : null
}
