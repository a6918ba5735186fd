import type { ReactNode } from 'react'
import { graphTexts } from '../../texts/model/graph'
import { Telling } from '../told/Telling'
import { Amounts } from './Amounts'
import type { PanelProps } from './types'
import styles from './Inspector.module.css'
import { Facts, Heading, Section, TensorList } from './parts'
import type { GroupDescription } from '../../view/describe/types'

/** A group: what it is, how much is in it, what enters and leaves it, and the weights inside. */
export function GroupPanel({ description, complete, onSelect }: PanelProps<GroupDescription>): ReactNode {
  const { name, title, what, sentence, operations, constants, amounts, entering, leaving, weights, config } =
    description
  return (
    <>
      <Heading kind={what} title={title} name={name} />
      {sentence !== null && <p className={styles.sentence}>{sentence}</p>}
      {description.tellable && <Telling tellable={description.tellable} />}
      <Facts
        rows={[
          ['Operations', operations.toLocaleString('en')],
          ...(constants > 0 ? [['Constants', constants.toLocaleString('en')] as const] : []),
        ]}
      />
      <Amounts amounts={amounts} complete={complete} />
      {entering.length > 0 && (
        <Section title={graphTexts.inspector.goesIn}>
          <TensorList rows={entering} onSelect={onSelect} />
        </Section>
      )}
      {leaving.length > 0 && (
        <Section title={graphTexts.inspector.comesOut}>
          <TensorList rows={leaving} onSelect={onSelect} />
        </Section>
      )}
      {weights.length > 0 && (
        <Section title={graphTexts.inspector.weightsInside}>
          <TensorList rows={weights} onSelect={onSelect} />
        </Section>
      )}
      {config.length > 0 && (
        <Section title={graphTexts.inspector.configuration}>
          <Facts rows={config.map((entry) => [entry.name, entry.value])} />
        </Section>
      )}
    </>
  )
}
