import { useMemo, type ReactNode } from 'react'
import { totalCost } from '../../graph/cost'
import { nodesInside } from '../../graph/scopes'
import { nodesIn } from '../../layout/grouping'
import { formatBytes, formatCount } from '../common/format'
import { itemOf, type GraphFacts } from '../graph/facts'
import { runTitle } from '../../graph/titles'
import type { PanelProps } from './Inspector'
import { Facts, Heading, Section, TensorList } from './parts'
import { trafficOf } from './traffic'

/** A scope, or a run of operations: how much is in it, and what enters and leaves it. */
export function ScopePanel({ facts, graph, tensors, costs, selected, onSelect }: PanelProps): ReactNode {
  const { name } = selected
  const inside = useMemo(() => namesInside(facts, name), [facts, name])
  const operations = useMemo(() => inside.filter((node) => facts.grouping.nodes.has(node)), [facts, inside])
  const traffic = useMemo(
    () => trafficOf(facts.index, new Set(inside), (node) => !facts.grouping.nodes.has(node)),
    [facts, inside],
  )
  const total = useMemo(() => costs && totalCost(graph, costs, inside), [graph, costs, inside])
  const layer = graph.scopes.get(name)
  const group = facts.grouping.groups.get(name)
  const isScope = facts.tree.has(name)
  return (
    <>
      <Heading
        kind={layer ? layer.layerClass : isScope ? 'Scope' : 'Run of operations'}
        title={group ? runTitle(group.label) : name}
        name={isScope ? name : operations.slice(0, 1).join('')}
      />
      <Facts
        rows={[
          ['Operations', String(operations.length)],
          ...(inside.length > operations.length
            ? [['Constants', String(inside.length - operations.length)] as const]
            : []),
          ...(total
            ? ([
                ['Parameters', formatCount(total.parameters)],
                ['Weights', formatBytes(total.weightBytes)],
                ...(total.multiplyAdds > 0 ? [['Multiply-adds', formatCount(total.multiplyAdds)] as const] : []),
              ] as const)
            : []),
        ]}
      />
      {traffic.entering.length > 0 && (
        <Section title="Goes in">
          <TensorList tensors={traffic.entering} summaries={tensors} onSelect={onSelect} />
        </Section>
      )}
      {traffic.leaving.length > 0 && (
        <Section title="Comes out">
          <TensorList tensors={traffic.leaving} summaries={tensors} onSelect={onSelect} />
        </Section>
      )}
    </>
  )
}

/** All nodes of a scope with its constants, or the operations of a run. */
function namesInside(facts: GraphFacts, path: string): string[] {
  if (facts.tree.has(path)) return nodesInside(facts.tree, path)
  const item = itemOf(facts, { kind: 'scope', name: path })
  return item ? nodesIn(item).map((node) => node.name) : []
}
