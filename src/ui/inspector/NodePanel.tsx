import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphTexts } from '../../texts/model/graph'
import { operationSentence } from '../../texts/model/operations'
import { Telling } from '../told/Telling'
import { Amounts } from './Amounts'
import type { PanelProps } from './types'
import styles from './Inspector.module.css'
import { Facts, Heading, inkOf, NodeList, Section, TensorList } from './parts'
import { WeightView } from './WeightView'
import type { NodeDescription } from '../../view/describe/types'

/** A node: what it does, what it costs, inputs with their weights, outputs, takers and attributes. */
export function NodePanel({ description, complete, onSelect }: PanelProps<NodeDescription>): ReactNode {
  const { name, op, title, category, amounts, inputs, outputs, takers, runsAfter, weight } = description
  const sentence = operationSentence(description.sentence)
  return (
    <>
      <Heading kind={op} title={title} name={name} colour={inkOf(category)} />
      {sentence !== null && <p className={styles.sentence}>{sentence}</p>}
      {description.blocked && (
        <p className={styles.blocked}>
          <TriangleAlert size={15} aria-hidden />
          <span>{graphTexts.blocked.sentence(op, description.blocked.reason, description.blocked.after)}</span>
        </p>
      )}
      {description.tellable && <Telling tellable={description.tellable} />}
      {description.function !== null && (
        <p className={styles.sentence}>In the body of the function “{description.function}”.</p>
      )}
      {!weight && <Amounts amounts={amounts} complete={complete} />}
      {weight && <WeightView key={weight.id} weight={weight} name={name} />}
      {inputs.length > 0 && (
        <Section title={graphTexts.inspector.inputs}>
          <TensorList rows={inputs} onSelect={onSelect} />
        </Section>
      )}
      {outputs.length > 0 && (
        <Section title={outputs.length === 1 ? 'Output' : 'Outputs'}>
          <TensorList rows={outputs} onSelect={onSelect} />
        </Section>
      )}
      {takers.length > 0 && (
        <Section title={graphTexts.inspector.takenBy}>
          <NodeList nodes={takers} onSelect={onSelect} />
        </Section>
      )}
      {runsAfter.length > 0 && (
        <Section title={graphTexts.inspector.runsAfter}>
          <NodeList nodes={runsAfter} onSelect={onSelect} />
        </Section>
      )}
      {description.attributes.length > 0 && (
        <Section title={graphTexts.inspector.attributes}>
          <Facts rows={description.attributes.map((attribute) => [attribute.name, attribute.value])} />
        </Section>
      )}
    </>
  )
}
