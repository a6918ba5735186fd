import { Plus, Scissors } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphTexts } from '../../texts/model/graph'
import { Button } from '../common/Button'
import { formatBytes, formatShape } from '../common/format'
import type { PanelProps } from './types'
import styles from './Inspector.module.css'
import { Facts, Heading, NodeList, Section } from './parts'
import { WeightView } from './WeightView'
import type { TensorDescription } from '../../view/describe/types'

/** A tensor: its shape, whether it can be cut, what makes it and what takes it; for a weight also its values. */
export function TensorPanel(props: PanelProps<TensorDescription>): ReactNode {
  const { description, complete, onSelect } = props
  const { name, shape, dtype, output, bytes, maker, takers, weight } = description
  const heading = weight ? weight.shape : shape
  return (
    <>
      <Heading
        kind={weight ? 'Weight' : 'Tensor'}
        title={heading || complete ? formatShape(heading) : 'Shape being worked out …'}
        name={name}
      />
      {!weight && (
        <Facts
          rows={[
            ['Type', dtype],
            ...(output > 0 ? ([['Output', `number ${output + 1} of its operation`]] as const) : []),
            ...(bytes === 0 ? [] : ([['For one picture', formatBytes(bytes)]] as const)),
          ]}
        />
      )}
      {weight ? <WeightView key={weight.id} weight={weight} name={name} /> : <CutPart {...props} />}
      {maker && (
        <Section title={graphTexts.inspector.madeBy}>
          <NodeList nodes={[maker]} onSelect={onSelect} />
        </Section>
      )}
      <Section title={takers.length === 0 ? 'Taken by no operation' : 'Taken by'}>
        {takers.length > 0 && <NodeList nodes={takers} onSelect={onSelect} />}
      </Section>
    </>
  )
}

function CutPart({ description, complete, cut, onCut }: PanelProps<TensorDescription>): ReactNode {
  const { name, canCut, why, recommended } = description
  if (cut.includes(name)) return <p className={styles.isCut}>{graphTexts.inspector.cutIsHere}</p>
  if (!complete) return <p className={styles.quiet}>Whether it can be cut is being worked out …</p>
  if (!canCut) return <p className={styles.sentence}>Cannot be cut: {why ?? 'nothing is known of this tensor.'}</p>
  return (
    <div className={styles.cut}>
      <span>
        <Button look="primary" icon={<Scissors size={15} aria-hidden />} onClick={() => onCut(name, false)}>
          {graphTexts.cutHere}
        </Button>
        {cut.length > 0 && (
          <Button icon={<Plus size={15} aria-hidden />} onClick={() => onCut(name, true)}>
            Cut here too
          </Button>
        )}
      </span>
      {recommended && <p>Recommended: all data passes through here.</p>}
    </div>
  )
}
