import { Scissors } from 'lucide-react'
import type { ReactNode } from 'react'
import { splitTensor } from '../../graph/names'
import type { GraphNode } from '../../graph/types'
import { Button } from '../common/Button'
import { formatShape } from '../common/format'
import { opTitle } from '../../graph/titles'
import type { PanelProps } from './Inspector'
import styles from './Inspector.module.css'
import { Facts, Heading, NodeList, Section } from './parts'

/** A tensor: what makes it, what takes it, and whether it can be cut. */
export function TensorPanel({ facts, tensors, cut, selected, onSelect, onCut }: PanelProps): ReactNode {
  const { name } = selected
  const summary = tensors.get(name)
  const { node, output } = splitTensor(name)
  const producer = facts.index.nodes.get(node)
  const takers = new Map((facts.index.uses.get(name) ?? []).map((use) => [use.node.name, use.node]))
  return (
    <>
      <Heading kind="Tensor" title={formatShape(summary?.shape ?? null)} name={name} />
      <Facts
        rows={[
          ['Type', summary?.dtype ?? 'unknown'],
          ...(output > 0 ? ([['Output', `number ${output + 1} of its operation`]] as const) : []),
        ]}
      />
      {cut.includes(name) ? (
        <p className={styles.sentence}>The cut is here.</p>
      ) : summary?.canCut ? (
        <div className={styles.cut}>
          <Button look="primary" icon={<Scissors size={15} aria-hidden />} onClick={() => onCut(name, false)}>
            Cut here
          </Button>
          {summary.recommended && <p>Recommended: all data passes through here.</p>}
        </div>
      ) : (
        <p className={styles.sentence}>Cannot be cut: {summary?.why ?? 'nothing is known of this tensor.'}</p>
      )}
      {producer && (
        <Section title="Made by">
          <NodeList nodes={[asRow(producer)]} onSelect={onSelect} />
        </Section>
      )}
      <Section title={takers.size === 0 ? 'Taken by no operation' : 'Taken by'}>
        {takers.size > 0 && <NodeList nodes={[...takers.values()].map(asRow)} onSelect={onSelect} />}
      </Section>
    </>
  )
}

const asRow = (node: GraphNode) => ({ name: node.name, title: opTitle(node) })
