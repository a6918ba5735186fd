import { Trash2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { deleteNetwork } from '../../store/keeping/keeping'
import { goBackTo } from '../../store/keeping/restore'
import { attempt } from '../../store/page/notices'
import { useStore } from '../../store/state/state'
import type { KeptNetwork } from '../../store/state/types'
import { keepingTexts as texts } from '../../texts/page/keeping'
import { Button } from '../common/Button'
import { Question } from '../common/Question'
import { since } from '../common/since'
import styles from './OtherNetworks.module.css'

/** The networks that are kept, but for `skip`: each can be gone back to, or deleted. Nothing where there is none. */
export function OtherNetworks({ skip, className }: { readonly skip?: string; readonly className?: string }): ReactNode {
  const networks = useStore((state) => state.keeping.networks)
  const [asked, setAsked] = useState<KeptNetwork | null>(null)
  const title = useId()
  const others = networks.filter(({ model }) => model.key !== skip)
  if (others.length === 0) return null
  return (
    <section className={className} aria-labelledby={title}>
      <h3 id={title} className={styles.title}>
        {texts.othersTitle}
      </h3>
      <ul className={styles.list}>
        {others.map((network) => (
          <Row key={network.model.key} network={network} onDelete={() => setAsked(network)} />
        ))}
      </ul>
      {asked && (
        <Question
          title={texts.deleteTitle(asked.model.name)}
          text={texts.deleteText(asked.headOrder.length)}
          answers={[
            { text: texts.freshNo, first: true },
            { text: texts.deleteYes, look: 'danger', choose: () => attempt(() => deleteNetwork(asked.model.key)) },
          ]}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

function Row({ network, onDelete }: { readonly network: KeptNetwork; readonly onDelete: () => void }): ReactNode {
  const busy = useStore((state) => state.jobs.length > 0)
  const { model, headOrder, at } = network
  return (
    <li>
      <Button
        className={styles.open}
        title={texts.open(model.name)}
        disabled={busy}
        onClick={() => attempt(() => goBackTo(model.key))}
      >
        <span className={styles.name}>{model.name}</span>
        <span className={styles.facts}>
          {texts.otherHeads(headOrder.length)}, {texts.otherWhen(since(at))}
        </span>
      </Button>
      <Button
        look="quiet"
        icon={<Trash2 size={15} aria-hidden />}
        aria-label={texts.delete(model.name)}
        title={texts.delete(model.name)}
        disabled={busy}
        onClick={onDelete}
      />
    </li>
  )
}
