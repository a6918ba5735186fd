import { Box } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseOutput } from '../../store/model/model'
import { attempt } from '../../store/page/notices'
import { drawnModel, useStore } from '../../store/state/state'
import type { ModelState } from '../../store/state/types'
import { modelTexts as texts } from '../../texts/model/model'
import { formatBytes, formatCount, formatShape } from '../common/format'
import { OtherNetworks } from '../keeping/OtherNetworks'
import { ToldLayers } from '../told/ToldLayers'
import { InputValues } from './InputValues'
import { Station } from './Station'
import styles from './Station.module.css'

/** What is open: its size, its input, and which of its outputs the recommendations look at. */
export function ModelStation(): ReactNode {
  const graph = useStore((state) => state.graph)
  const model = useStore(drawnModel)
  if (!graph) return null
  if (!model) {
    return (
      <Station name="model" title={texts.title} icon={Box} state={texts.workedOutState} done={false}>
        <dl className={styles.facts}>
          <dt>{texts.operations}</dt>
          <dd>{formatCount(graph.overview.operations)}</dd>
        </dl>
        <p className={styles.hint}>{texts.workedOut}</p>
      </Station>
    )
  }
  const { summary } = model
  return (
    <Station name="model" title={texts.title} icon={Box} state={texts.format(summary.format)} done>
      <dl className={styles.facts}>
        <dt>{texts.operations}</dt>
        <dd>{formatCount(graph.overview.operations)}</dd>
        <dt>{texts.weights}</dt>
        <dd>{formatBytes(summary.bytes)}</dd>
        <dt>{texts.picture}</dt>
        <dd>{model.image ? formatShape(model.image.shape) : texts.noPicture}</dd>
      </dl>
      {model.noPicture !== null && (
        <p className={styles.warning}>
          {model.noPicture} {texts.noPictureNext}
        </p>
      )}
      {model.samePicture.map((tensor) => (
        <p key={tensor} className={styles.hint}>
          {texts.samePicture(tensor)}
        </p>
      ))}
      {summary.outputs.length > 1 && <OutputChoice model={model} />}
      <InputValues inputs={model.otherInputs} />
      {summary.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      <ToldLayers layers={model.tellable} />
      <OtherNetworks skip={model.kept?.key} />
    </Station>
  )
}

function OutputChoice({ model }: { readonly model: ModelState }): ReactNode {
  const { outputs } = model.summary
  return (
    <label className={styles.field}>
      <span>{texts.recommendFor}</span>
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
