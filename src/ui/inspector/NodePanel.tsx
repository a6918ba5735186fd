import type { ReactNode } from 'react'
import { splitTensor, tensorName } from '../../graph/names'
import { inputName, opCategory, opSentence, outputCount } from '../../graph/ops'
import type { GraphNode } from '../../graph/types'
import { formatCount } from '../common/format'
import { opTitle, weightBehind } from '../../graph/titles'
import { attributeText } from './attributeText'
import type { PanelProps } from './Inspector'
import styles from './Inspector.module.css'
import { Facts, Heading, NodeList, Section, TensorList, TensorRow } from './parts'

/** A node: what it does, its attributes, inputs with their weights, and outputs. */
export function NodePanel({ facts, tensors, costs, selected, onSelect }: PanelProps): ReactNode {
  const node = facts.index.nodes.get(selected.name)
  if (!node) return <p className={styles.sentence}>There is no node “{selected.name}” in this graph.</p>
  const sentence = opSentence(node.op)
  const cost = costs?.get(node.name)
  const attributes = attributeRows(node)
  return (
    <>
      <Heading kind={node.op} title={opTitle(node)} name={node.name} colour={`var(--cat-${opCategory(node.op)})`} />
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {cost && (cost.parameters > 0 || cost.multiplyAdds > 0) && (
        <Facts
          rows={[
            ...(cost.parameters > 0 ? [['Parameters', formatCount(cost.parameters)] as const] : []),
            ...(cost.multiplyAdds > 0 ? [['Multiply-adds', formatCount(cost.multiplyAdds)] as const] : []),
          ]}
        />
      )}
      {node.inputs.length > 0 && (
        <Section title="Inputs">
          <ul className={styles.list}>
            {node.inputs.map((tensor, position) => (
              <TensorRow
                key={`${position} ${tensor}`}
                tensor={tensor}
                summary={tensors.get(tensor)}
                role={inputName(node, position)}
                weight={weightBehind(tensor, facts.index)}
                onSelect={onSelect}
              />
            ))}
          </ul>
        </Section>
      )}
      <Section title="Outputs">
        <TensorList tensors={outputsOf(node, facts.index.uses)} summaries={tensors} onSelect={onSelect} />
      </Section>
      {node.controlInputs.length > 0 && (
        <Section title="Runs after">
          <NodeList nodes={node.controlInputs.map((name) => ({ name, title: name }))} onSelect={onSelect} />
        </Section>
      )}
      {attributes.length > 0 && (
        <Section title="Attributes">
          <Facts rows={attributes} />
        </Section>
      )}
    </>
  )
}

/** All outputs the op has, and any beyond that somebody takes. */
function outputsOf(node: GraphNode, uses: ReadonlyMap<string, unknown>): string[] {
  const outputs: string[] = []
  for (let i = 0; i < outputCount(node) || uses.has(tensorName(node.name, i)); i++) {
    outputs.push(tensorName(node.name, i))
    if (splitTensor(outputs[i]).output > 200) break
  }
  return outputs
}

/** Types last; what TensorFlow only notes for itself is left out. */
function attributeRows(node: GraphNode): [string, string][] {
  return Object.entries(node.attributes)
    .flatMap(([name, attribute]) => (attribute && !name.startsWith('_') ? [{ name, attribute }] : []))
    .sort((a, b) => Number(a.attribute.kind === 'dtype') - Number(b.attribute.kind === 'dtype'))
    .map(({ name, attribute }) => [name, attributeText(attribute)])
}
