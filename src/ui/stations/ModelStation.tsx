import { Box } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseOutput } from '../../store/model'
import { attempt } from '../../store/notices'
import { useStore, type ModelState } from '../../store/state'
import { formatBytes, formatCount, formatShape } from '../common/format'
import { InputValues } from './InputValues'
import { Station } from './Station'
import styles from './Station.module.css'

/** What is open: its size, its input, and which of its outputs the recommendations look at. */
export function ModelStation(): ReactNode {
  const model = useStore((state) => state.model)
  if (!model) return null
  const { summary } = model
  const image = model.preprocessing?.input
  return (
    <Station name="model" title="Model" icon={Box} state={summary.format} done={false}>
      <dl className={styles.facts}>
        <dt>Operations</dt>
        <dd>{formatCount(countOperations(model))}</dd>
        <dt>Weights</dt>
        <dd>{formatBytes(summary.bytes)}</dd>
        <dt>Picture</dt>
        <dd>{image ? formatShape(model.byName.get(image)?.shape ?? null) : 'none: this model takes no pictures'}</dd>
      </dl>
      {summary.outputs.length > 1 && <OutputChoice model={model} />}
      <InputValues inputs={model.otherInputs} />
      {summary.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
    </Station>
  )
}

function OutputChoice({ model }: { readonly model: ModelState }): ReactNode {
  const { outputs } = model.summary
  return (
    <label className={styles.field}>
      <span>Recommend cuts on the way to the output</span>
      <select value={model.output ?? ''} onChange={(event) => attempt(() => chooseOutput(event.target.value))}>
        {outputs.map((output) => (
          <option key={output.name} value={output.name}>
            {output.name} ({formatShape(output.shape)})
          </option>
        ))}
      </select>
    </label>
  )
}

function countOperations(model: ModelState): number {
  return model.graph.nodes.filter((node) => node.op !== 'Const' && node.op !== 'Placeholder').length
}
