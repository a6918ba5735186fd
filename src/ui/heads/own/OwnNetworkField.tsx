import { FileBox, FolderOpen, Trash2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { asCutpointError, type CutpointError } from '../../../errors'
import type { NetworkFacts } from '../../../graph/graft/network/types'
import type { PickedFile } from '../../../images/drop'
import { attempt } from '../../../store/page/notices'
import { useStore } from '../../../store/state/state'
import { removeOwnNetwork, takeOwnNetwork } from '../../../store/training/own-network'
import { ownTexts } from '../../../texts/heads/own'
import { Button } from '../../common/Button'
import { FilePicker } from '../../common/FilePicker'
import { useDrop } from '../../common/useDrop'
import stations from '../../stations/Station.module.css'
import headStyles from '../HeadSettings.module.css'
import { Fitting, Outputs } from './Fitting'
import styles from './OwnNetworkField.module.css'

const texts = ownTexts.field

interface OwnNetworkFieldProps {
  readonly network: NetworkFacts | null
  readonly isRenewed: boolean
  readonly onRenew: () => void
}

/** Takes the model that is to be the head, and says what it is and whether it fits. */
export function OwnNetworkField({ network, isRenewed, onRenew }: OwnNetworkFieldProps): ReactNode {
  const id = useId()
  const [reading, setReading] = useState(false)
  const [error, setError] = useState<CutpointError | null>(null)
  const isHere = useStore((state) => network !== null && state.ownNetwork?.facts.hash === network.hash)
  const take = (files: readonly PickedFile[]): void => {
    if (files.length === 0 || reading) return
    setReading(true)
    setError(null)
    takeOwnNetwork({ files: files.map(({ path, blob }) => ({ path, blob })) })
      .catch((cause: unknown) => setError(asCutpointError(cause)))
      .finally(() => setReading(false))
  }
  const { over, handlers } = useDrop(take)
  return (
    <section
      className={`${stations.field} ${headStyles.field} ${styles.drop}`}
      data-over={over}
      aria-labelledby={id}
      aria-busy={reading}
      {...handlers}
    >
      <h4 id={id}>{texts.title}</h4>
      {network && <Facts network={network} isHere={isHere} />}
      {network && isHere && <Outputs network={network} isRenewed={isRenewed} onRenew={onRenew} />}
      <Fitting taken={network?.inputShape ?? null} />
      <p className={styles.hint}>{reading ? texts.reading : texts.drop}</p>
      {error && error.code !== 'cancelled' && (
        <p role="alert" className={styles.problem} data-code={error.code}>
          {error.message} {error.next}
        </p>
      )}
      <div className={styles.buttons}>
        <FilePicker icon={<FolderOpen />} onPick={take}>
          {network ? texts.other : texts.pick}
        </FilePicker>
        {network && (
          <Button icon={<Trash2 />} look="quiet" onClick={() => attempt(removeOwnNetwork)}>
            {texts.remove}
          </Button>
        )}
      </div>
    </section>
  )
}

function Facts({ network, isHere }: { readonly network: NetworkFacts; readonly isHere: boolean }): ReactNode {
  return (
    <>
      <p className={styles.name}>
        <FileBox aria-hidden="true" />
        <bdi>{network.name}</bdi>
      </p>
      {!isHere && <p className={styles.problem}>{texts.gone}</p>}
      <dl className={styles.facts}>
        <dt>{texts.input}</dt>
        <dd>{texts.shape(network.inputShape)}</dd>
        <dt>{texts.outputs}</dt>
        <dd>{texts.numbers(network.outputs)}</dd>
        <dt>{texts.parameters}</dt>
        <dd>{texts.numbers(network.parameters)}</dd>
      </dl>
      <p className={headStyles.help}>
        {texts.ends[network.end]} {texts.kept}
      </p>
    </>
  )
}
